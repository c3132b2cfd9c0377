package io.voicerouting.businesshours;

import io.voicerouting.cache.EvictionListener;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import lombok.Getter;
import lombok.Setter;

/** A row of {@code business_hours_time_ranges}: one range of a weekday. */
@Entity
@Table(name = "business_hours_time_ranges")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class BusinessHoursTimeRange implements RangeRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "business_hours_schedule_day_id", updatable = false)
  private BusinessHoursScheduleDay day;

  @Embedded private TimeRange range;
}
