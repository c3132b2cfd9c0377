package io.voicerouting.businesshours;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.organization.OrganizationDirectory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and changes schedules for the admin API. Reads use one snapshot, because a document takes
 * several queries.
 */
@Service
public class BusinessHoursService {

  private static final Set<String> SORTABLE =
      Set.of("name", "status", "timezone", "created_at", "updated_at");

  private final BusinessHoursRepository schedules;
  private final BusinessHoursStore store;
  private final OrganizationDirectory organizations;
  private final AuditLog audit;
  private final InstantSource clock;

  BusinessHoursService(
      BusinessHoursRepository schedules,
      BusinessHoursStore store,
      OrganizationDirectory organizations,
      AuditLog audit,
      InstantSource clock) {
    this.schedules = schedules;
    this.store = store;
    this.organizations = organizations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Lists schedules, active and inactive.
   *
   * @throws NotFoundException if the organization does not exist
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public PageView<BusinessHoursView> list(
      long organizationId,
      PageQuery page,
      @Nullable BusinessHoursStatus status,
      @Nullable BusinessHoursScope scope,
      @Nullable SearchText text) {
    organizations.requireExisting(organizationId);
    Page<BusinessHoursSchedule> found =
        schedules.search(
            organizationId, status, scope, SearchText.likePattern(text), page.toPageable(SORTABLE));
    schedules.fetchNestedRows(found.getContent());
    return PageView.of(found.map(BusinessHoursMapping::toView));
  }

  /**
   * Reads a schedule.
   *
   * @throws NotFoundException if the organization has none with this id
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  BusinessHoursView get(long organizationId, long id) {
    return schedules
        .find(id, organizationId)
        .map(this::load)
        .orElseThrow(() -> ScheduleDirectory.notFound(organizationId, id));
  }

  /**
   * Creates a schedule.
   *
   * @throws NotFoundException if the organization does not exist
   */
  @Transactional
  BusinessHoursView create(long organizationId, BusinessHoursDraft draft) {
    organizations.requireExisting(organizationId);
    return audit.recordCreate(
        BusinessHoursResource.NAME,
        created -> organizationId,
        () -> BusinessHoursMapping.toView(store.insert(organizationId, draft)));
  }

  /**
   * Replaces a schedule with what {@code change} makes of the stored document. Writes nothing if
   * they are equal.
   */
  @Transactional
  BusinessHoursView replace(
      long organizationId,
      long id,
      Function<? super BusinessHoursView, BusinessHoursDraft> change,
      Precondition precondition) {
    BusinessHoursSchedule schedule = lock(organizationId, id);
    BusinessHoursView before = load(schedule);
    precondition.check(before);
    BusinessHoursDraft draft = change.apply(before);
    if (draft.equals(BusinessHoursDraft.of(before))) {
      return before;
    }
    return recordUpdate(schedule, before, () -> store.update(schedule, draft));
  }

  /**
   * Makes a schedule active. If it is for the organization, the one that was active becomes
   * inactive in the same transaction. Writes nothing if it is active already.
   */
  @Transactional
  BusinessHoursView activate(long organizationId, long id, Precondition precondition) {
    // Otherwise two requests that activate different schedules would lock them in different order.
    organizations.lock(organizationId);
    BusinessHoursSchedule schedule = lock(organizationId, id);
    BusinessHoursView before = load(schedule);
    precondition.check(before);
    if (before.status() == BusinessHoursStatus.ACTIVE) {
      return before;
    }
    Optional<BusinessHoursSchedule> active =
        schedule.getScope() == BusinessHoursScope.NUMBER
            ? Optional.empty()
            : schedules.lockActive(organizationId);
    Runnable activation = () -> store.activate(schedule, active);
    return recordUpdate(
        schedule, before, active.map(other -> recordingOf(other, activation)).orElse(activation));
  }

  /** Deletes a schedule; its rows are kept. */
  @Transactional
  void delete(long organizationId, long id, Precondition precondition) {
    BusinessHoursSchedule schedule = lock(organizationId, id);
    BusinessHoursView before = load(schedule);
    precondition.check(before);
    audit.recordDelete(
        BusinessHoursResource.NAME,
        organizationId,
        before,
        () -> store.delete(schedule, clock.instant()));
  }

  /** A change that also records what it does to another schedule. */
  private Runnable recordingOf(BusinessHoursSchedule other, Runnable change) {
    BusinessHoursView before = load(other);
    return () -> {
      BusinessHoursView unused = recordUpdate(other, before, change);
    };
  }

  private BusinessHoursView recordUpdate(
      BusinessHoursSchedule schedule, BusinessHoursView before, Runnable change) {
    return audit.recordUpdate(
        BusinessHoursResource.NAME,
        schedule.getOrganizationId(),
        before,
        () -> {
          change.run();
          return BusinessHoursMapping.toView(schedule);
        });
  }

  private BusinessHoursSchedule lock(long organizationId, long id) {
    return schedules
        .lock(id, organizationId)
        .orElseThrow(() -> ScheduleDirectory.notFound(organizationId, id));
  }

  private BusinessHoursView load(BusinessHoursSchedule schedule) {
    schedules.fetchNestedRows(List.of(schedule));
    return BusinessHoursMapping.toView(schedule);
  }
}
