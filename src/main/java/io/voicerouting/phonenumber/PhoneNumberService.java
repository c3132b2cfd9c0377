package io.voicerouting.phonenumber;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.common.UniqueConstraint;
import io.voicerouting.organization.OrganizationDirectory;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes phone numbers, in one transaction per call. */
@Service
@Transactional
class PhoneNumberService {

  private static final Set<String> SORTABLE =
      Set.of("number", "match", "name", "status", "hours", "created_at", "updated_at");

  private static final UniqueConstraint NUMBER_UNIQUE =
      new UniqueConstraint("phone_numbers_number_unique", "phone-number-taken");

  private final PhoneNumberRepository numbers;
  private final OrganizationDirectory organizations;
  private final ScheduleDirectory schedules;
  private final AuditLog audit;

  PhoneNumberService(
      PhoneNumberRepository numbers,
      OrganizationDirectory organizations,
      ScheduleDirectory schedules,
      AuditLog audit) {
    this.numbers = numbers;
    this.organizations = organizations;
    this.schedules = schedules;
    this.audit = audit;
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  PageView<PhoneNumberView> list(
      long organizationId,
      PageQuery page,
      @Nullable PhoneNumberStatus status,
      @Nullable PhoneNumberMatch match,
      @Nullable SearchText text) {
    organizations.requireExisting(organizationId);
    return PageView.of(
        numbers
            .search(
                organizationId,
                status,
                match,
                SearchText.likePattern(text),
                page.toPageable(SORTABLE))
            .map(PhoneNumber::toView));
  }

  @Transactional(readOnly = true)
  PhoneNumberView get(long organizationId, long id) {
    return numbers
        .findByIdAndOrganizationId(id, organizationId)
        .map(PhoneNumber::toView)
        .orElseThrow(() -> notFound(organizationId, id));
  }

  PhoneNumberView create(long organizationId, PhoneNumberBody body) {
    organizations.requireExisting(organizationId);
    PhoneNumber number = new PhoneNumber();
    number.setOrganizationId(organizationId);
    return audit.recordCreate(
        PhoneNumberResource.NAME, created -> organizationId, () -> save(number, body));
  }

  /** Replaces a number with what {@code change} makes of the stored document. */
  PhoneNumberView replace(
      long organizationId,
      long id,
      Function<? super PhoneNumberView, PhoneNumberBody> change,
      Precondition precondition) {
    PhoneNumber number = lock(organizationId, id, precondition);
    PhoneNumberView before = number.toView();
    PhoneNumberBody body = change.apply(before);
    return audit.recordUpdate(
        PhoneNumberResource.NAME, organizationId, before, () -> save(number, body));
  }

  void delete(long organizationId, long id, Precondition precondition) {
    PhoneNumber number = lock(organizationId, id, precondition);
    audit.recordDelete(
        PhoneNumberResource.NAME, organizationId, number.toView(), () -> numbers.delete(number));
  }

  private PhoneNumberView save(PhoneNumber number, PhoneNumberBody body) {
    requireSchedule(number.getOrganizationId(), body.businessHoursScheduleId());
    body.applyTo(number);
    return NUMBER_UNIQUE.check(
        () -> numbers.saveAndFlush(number).toView(),
        () -> "The number " + number.getNumber() + " is taken.");
  }

  private void requireSchedule(long organizationId, @Nullable Long scheduleId) {
    if (scheduleId != null && !schedules.hasScheduleForNumbers(organizationId, scheduleId)) {
      throw new InvalidFieldsException(
          "business_hours_schedule_id",
          scheduleId,
          "id of a schedule of this organization whose scope is number");
    }
  }

  /**
   * Locks until the commit, so that the document cannot change after the precondition was checked.
   */
  private PhoneNumber lock(long organizationId, long id, Precondition precondition) {
    PhoneNumber number =
        numbers.lock(id, organizationId).orElseThrow(() -> notFound(organizationId, id));
    precondition.check(number.toView());
    return number;
  }

  private static NotFoundException notFound(long organizationId, long id) {
    return new NotFoundException(
        "phone-number-not-found",
        "Organization " + organizationId + " has no phone number with id " + id + ".");
  }
}
