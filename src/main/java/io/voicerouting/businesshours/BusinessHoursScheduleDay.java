package io.voicerouting.businesshours;

import io.voicerouting.cache.EvictionListener;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.util.HashSet;
import java.util.Set;
import lombok.Getter;
import lombok.Setter;

/** A row of {@code business_hours_schedule_days}: one weekday of a schedule. */
@Entity
@Table(name = "business_hours_schedule_days")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class BusinessHoursScheduleDay implements RangeOwner<BusinessHoursTimeRange> {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "business_hours_schedule_id", updatable = false)
  private BusinessHoursSchedule schedule;

  @Convert(converter = DayOfWeekConverter.class)
  private DayOfWeek dayOfWeek;

  private boolean enabled;

  @OneToMany(
      mappedBy = "day",
      fetch = FetchType.EAGER, // joined to the statement that loads its owner
      cascade = CascadeType.ALL,
      orphanRemoval = true)
  private Set<BusinessHoursTimeRange> timeRanges = new HashSet<>();

  @Override
  public void addRange(TimeRange range) {
    BusinessHoursTimeRange row = new BusinessHoursTimeRange();
    row.setDay(this);
    row.setRange(range);
    timeRanges.add(row);
  }
}
