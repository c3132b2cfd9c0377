package io.voicerouting.businesshours;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.VersionedEntity;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** A row of {@code business_hours_schedules}, with its days and exceptions. */
@Entity
@Table(name = "business_hours_schedules")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class BusinessHoursSchedule extends VersionedEntity {

  /**
   * One statement loads the days of a whole page of schedules, and another their exceptions. A
   * single query for both would return their cross product.
   */
  private static final int BATCH = PageQuery.MAX_SIZE;

  private @Nullable Instant deletedAt;

  @Column(updatable = false)
  private long organizationId;

  private String name;

  @Enumerated(EnumType.STRING)
  private BusinessHoursStatus status;

  @Enumerated(EnumType.STRING)
  private BusinessHoursScope scope;

  private @Nullable String timezone;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "open_hours_action_type"))
  @AttributeOverride(name = "target", column = @Column(name = "open_hours_action_target"))
  private CallAction openHoursAction;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "closed_hours_action_type"))
  @AttributeOverride(name = "target", column = @Column(name = "closed_hours_action_target"))
  private CallAction closedHoursAction;

  @OneToMany(mappedBy = "schedule", cascade = CascadeType.ALL, orphanRemoval = true)
  @BatchSize(size = BATCH)
  private Set<BusinessHoursScheduleDay> days = new HashSet<>();

  @OneToMany(mappedBy = "schedule", cascade = CascadeType.ALL, orphanRemoval = true)
  @BatchSize(size = BATCH)
  private Set<BusinessHoursException> exceptions = new HashSet<>();

  /** Adds a row for a weekday without one. */
  BusinessHoursScheduleDay addDay(DayOfWeek dayOfWeek) {
    BusinessHoursScheduleDay day = new BusinessHoursScheduleDay();
    day.setSchedule(this);
    day.setDayOfWeek(dayOfWeek);
    days.add(day);
    return day;
  }

  /** Adds a row for dates without one. */
  BusinessHoursException addException(ExceptionKey key) {
    BusinessHoursException exception = new BusinessHoursException();
    exception.setSchedule(this);
    exception.setDate(key.date());
    exception.setEndDate(key.endDate());
    exception.setRecurrence(key.recurrence());
    exceptions.add(exception);
    return exception;
  }
}
