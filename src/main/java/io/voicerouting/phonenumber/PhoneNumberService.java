package io.voicerouting.phonenumber;

import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.common.ConflictException;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.organization.OrganizationDirectory;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes phone numbers, in one transaction per call. */
@Service
@Transactional
class PhoneNumberService {

  /** Members that a list can be sorted by. */
  private static final Set<String> SORTABLE =
      Set.of("number", "match", "name", "status", "hours", "created_at", "updated_at");

  private static final String NUMBER_UNIQUE = "phone_numbers_number_unique";

  private final PhoneNumberRepository numbers;
  private final OrganizationDirectory organizations;
  private final ScheduleDirectory schedules;

  PhoneNumberService(
      PhoneNumberRepository numbers,
      OrganizationDirectory organizations,
      ScheduleDirectory schedules) {
    this.numbers = numbers;
    this.organizations = organizations;
    this.schedules = schedules;
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  PageView<PhoneNumberView> list(
      long organizationId,
      PageQuery page,
      @Nullable PhoneNumberStatus status,
      @Nullable PhoneNumberMatch match,
      @Nullable SearchText text) {
    organizations.requireExisting(organizationId);
    String pattern = text == null ? null : text.likePattern();
    return PageView.of(
        numbers
            .search(organizationId, status, match, pattern, page.toPageable(SORTABLE))
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
    return save(number, body);
  }

  /** Replaces a number with what {@code change} makes of the stored document. */
  PhoneNumberView replace(
      long organizationId,
      long id,
      Function<? super PhoneNumberView, PhoneNumberBody> change,
      Precondition precondition) {
    PhoneNumber number = lock(organizationId, id, precondition);
    return save(number, change.apply(number.toView()));
  }

  void delete(long organizationId, long id, Precondition precondition) {
    numbers.delete(lock(organizationId, id, precondition));
  }

  private PhoneNumberView save(PhoneNumber number, PhoneNumberBody body) {
    requireSchedule(number.getOrganizationId(), body.businessHoursScheduleId());
    body.applyTo(number);
    try {
      return numbers.saveAndFlush(number).toView();
    } catch (DataIntegrityViolationException e) {
      if (e.getCause() instanceof ConstraintViolationException violation
          && NUMBER_UNIQUE.equals(violation.getConstraintName())) {
        throw new ConflictException(
            "phone-number-taken", "The number " + number.getNumber() + " is taken.");
      }
      throw e;
    }
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
