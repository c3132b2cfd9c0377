package io.voicerouting.override;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.common.ConflictException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.organization.OrganizationDirectory;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads, creates and clears overrides, in one transaction per call. Writers of one organization
 * take turns.
 */
@Service
@Transactional
public class OverrideService {

  private static final Set<String> SORTABLE =
      Set.of("scope", "mode", "starts_at", "ends_at", "cleared_at", "created_at", "updated_at");

  private static final String NAME = "override";

  /** Limited because cached documents contain them. */
  private static final int MOST_CURRENT = 100;

  private final OverrideRepository overrides;
  private final OrganizationDirectory organizations;
  private final OverrideEnds ends;
  private final AuditLog audit;
  private final InstantSource clock;

  OverrideService(
      OverrideRepository overrides,
      OrganizationDirectory organizations,
      OverrideEnds ends,
      AuditLog audit,
      InstantSource clock) {
    this.overrides = overrides;
    this.organizations = organizations;
    this.ends = ends;
    this.audit = audit;
    this.clock = clock;
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  PageView<OverrideView> list(
      long organizationId,
      PageQuery page,
      @Nullable OverrideScope scope,
      @Nullable OverrideState state,
      @Nullable SearchText text) {
    organizations.requireExisting(organizationId);
    return PageView.of(
        overrides
            .search(
                organizationId,
                scope,
                state == null ? null : state.code(),
                clock.instant(),
                SearchText.likePattern(text),
                page.toPageable(SORTABLE))
            .map(RoutingOverride::toView));
  }

  /** Finds overrides by their ids, in no order; those of other organizations are not found. */
  @Transactional(readOnly = true)
  public List<OverrideView> find(long organizationId, Collection<Long> ids) {
    return overrides.findByOrganizationIdAndIdIn(organizationId, ids).stream()
        .map(RoutingOverride::toView)
        .toList();
  }

  @Transactional(readOnly = true)
  OverrideView get(long organizationId, long id) {
    return overrides
        .findByIdAndOrganizationId(id, organizationId)
        .map(RoutingOverride::toView)
        .orElseThrow(() -> notFound(organizationId, id));
  }

  /**
   * @param caller who creates it
   */
  OverrideView create(long organizationId, OverrideBody body, String caller) {
    organizations.lock(organizationId);
    return insert(organizationId, body, caller, OverrideOrigin.API);
  }

  /** Clears an override. Writes nothing if it is cleared already. */
  void clear(long organizationId, long id, Precondition precondition, String caller) {
    RoutingOverride override =
        overrides.lock(id, organizationId).orElseThrow(() -> notFound(organizationId, id));
    precondition.check(override.toView());
    if (override.getClearedAt() == null) {
      clear(override, caller);
    }
  }

  /**
   * Switches an override on or off. On creates one, unless one with the same effect is in force.
   * Off clears all of these.
   */
  OverrideToggleView toggle(long organizationId, OverrideToggle toggle, String caller) {
    organizations.lock(organizationId);
    OverrideBody body = toggle.toBody();
    List<RoutingOverride> inForce = findSameInForce(organizationId, body);
    boolean active = Objects.requireNonNullElse(toggle.active(), inForce.isEmpty());
    if (!active) {
      inForce.forEach(override -> clear(override, caller));
      return new OverrideToggleView(false, null);
    }
    return new OverrideToggleView(
        true,
        inForce.isEmpty()
            ? insert(organizationId, body, caller, OverrideOrigin.TOGGLE)
            : inForce.getFirst().toView());
  }

  private List<RoutingOverride> findSameInForce(long organizationId, OverrideBody body) {
    return overrides
        .lockInForce(
            organizationId,
            body.scopeOrDefault(),
            body.businessHoursScheduleId(),
            body.phoneNumberId(),
            body.mode(),
            clock.instant())
        .stream()
        .filter(override -> Objects.equals(override.getAction(), body.action()))
        .toList();
  }

  private OverrideView insert(
      long organizationId, OverrideBody body, String caller, OverrideOrigin origin) {
    ends.requireScope(organizationId, body);
    Instant now = clock.instant();
    // Rounded down, so that it has begun on instances whose clocks are a little behind.
    Instant start =
        body.startsAt() == null
            ? now.truncatedTo(ChronoUnit.SECONDS)
            : body.startsAt().truncatedTo(ChronoUnit.MICROS);
    RoutingOverride override = new RoutingOverride();
    override.setOrganizationId(organizationId);
    override.setScope(body.scopeOrDefault());
    override.setBusinessHoursScheduleId(body.businessHoursScheduleId());
    override.setPhoneNumberId(body.phoneNumberId());
    override.setMode(body.mode());
    override.setAction(body.action());
    override.setStartsAt(start);
    override.setEndsAt(ends.find(organizationId, body, start, now));
    override.setNote(body.note());
    override.setCreatedBy(caller);
    override.setCreatedVia(origin);
    requireRoom(organizationId, now);
    return audit.recordCreate(
        NAME, created -> organizationId, () -> overrides.saveAndFlush(override).toView());
  }

  private void requireRoom(long organizationId, Instant now) {
    if (overrides.countCurrent(organizationId, now) >= MOST_CURRENT) {
      throw new ConflictException(
          "too-many-overrides",
          "The organization has "
              + MOST_CURRENT
              + " overrides that are neither cleared nor over already.");
    }
  }

  private void clear(RoutingOverride override, String caller) {
    OverrideView unused =
        audit.recordUpdate(
            NAME,
            override.getOrganizationId(),
            override.toView(),
            () -> {
              override.setClearedAt(clock.instant().truncatedTo(ChronoUnit.MICROS));
              override.setClearedBy(caller);
              return overrides.saveAndFlush(override).toView();
            });
  }

  private static NotFoundException notFound(long organizationId, long id) {
    return new NotFoundException(
        "override-not-found",
        "Organization " + organizationId + " has no override with id " + id + ".");
  }
}
