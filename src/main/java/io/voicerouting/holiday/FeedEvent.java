package io.voicerouting.holiday;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a feed, which may recur.
 *
 * @param uid empty if it has none
 * @param start of the first occurrence
 * @param end exclusive; if the feed has none, the start, or the next day if the start is a date
 * @param rules its recurrence rules, as written
 * @param additions further starts
 * @param exclusions starts that do not occur
 * @param replaces the start of the occurrence of the event with the same uid that this one
 *     replaces; null if it replaces none
 */
record FeedEvent(
    String uid,
    String name,
    EventTime start,
    EventTime end,
    boolean cancelled,
    List<String> rules,
    List<EventTime> additions,
    List<EventTime> exclusions,
    @Nullable EventTime replaces) {

  FeedEvent {
    rules = List.copyOf(rules);
    additions = List.copyOf(additions);
    exclusions = List.copyOf(exclusions);
  }

  /** The zone in which it recurs; the given one if its start has no zone, as dates do not. */
  ZoneId zone(ZoneId any) {
    return start.zone() == null ? any : start.zone();
  }

  /** The occurrence that begins at a time of its zone, in the zone of the schedule. */
  HolidayEvent occurrence(LocalDateTime at, ZoneId schedule) {
    ZoneId zone = zone(schedule);
    LocalDateTime until = at.plus(Duration.between(start.local(), end.in(zone)));
    return start.isDate()
        ? HolidayEvent.allDay(at.toLocalDate(), until.toLocalDate().minusDays(1), name)
        : HolidayEvent.timed(
            new EventTime(at, zone).in(schedule), new EventTime(until, zone).in(schedule), name);
  }
}
