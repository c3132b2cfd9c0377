package io.voicerouting.businesshours;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.CallAction;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code business_hours_exceptions}: dates whose hours differ from those of their
 * weekdays.
 */
@Entity
@Table(name = "business_hours_exceptions")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class BusinessHoursException implements RangeOwner<BusinessHoursExceptionTimeRange> {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "business_hours_schedule_id", updatable = false)
  private BusinessHoursSchedule schedule;

  @JdbcTypeCode(SqlTypes.LOCAL_DATE) // java.sql.Date shifts dates before 1582
  private LocalDate date;

  @JdbcTypeCode(SqlTypes.LOCAL_DATE)
  private @Nullable LocalDate endDate;

  @Enumerated(EnumType.STRING)
  private @Nullable ExceptionRecurrence recurrence;

  @Enumerated(EnumType.STRING)
  private @Nullable WeekOfMonth weekOfMonth;

  @Enumerated(EnumType.STRING)
  private ExceptionOrigin origin = ExceptionOrigin.TYPED;

  private @Nullable Long holidayCalendarId;

  private String name;

  @Enumerated(EnumType.STRING)
  private ExceptionType type;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "action_type"))
  @AttributeOverride(name = "target", column = @Column(name = "action_target"))
  private @Nullable CallAction action;

  @OneToMany(
      mappedBy = "exception",
      fetch = FetchType.EAGER, // joined to the statement that loads its owner
      cascade = CascadeType.ALL,
      orphanRemoval = true)
  private Set<BusinessHoursExceptionTimeRange> timeRanges = new HashSet<>();

  @Override
  public void addRange(TimeRange range) {
    BusinessHoursExceptionTimeRange row = new BusinessHoursExceptionTimeRange();
    row.setException(this);
    row.setRange(range);
    timeRanges.add(row);
  }
}
