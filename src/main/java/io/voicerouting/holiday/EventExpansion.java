package io.voicerouting.holiday;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Expands the events of a feed to their occurrences. Takes a limited time. */
final class EventExpansion {

  /** Longest time for one feed. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ZoneId zone;
  private final LongSupplier nanoClock;
  private final long start;

  /**
   * Begins an expansion, and its time.
   *
   * @param zone of the schedule
   * @param nanoClock monotonic, in nanoseconds
   */
  EventExpansion(ZoneId zone, LongSupplier nanoClock) {
    this.zone = zone;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
  }

  /**
   * Adds the occurrences to a collection.
   *
   * @throws InvalidCalendarException if an event cannot be expanded, or not in time
   */
  void expand(List<FeedEvent> events, ImportedDays days) {
    Map<String, Set<EventTime>> replaced = new HashMap<>();
    for (FeedEvent event : events) {
      if (event.replaces() != null) {
        replaced.computeIfAbsent(event.uid(), uid -> new HashSet<>()).add(event.replaces());
      }
    }
    for (FeedEvent event : events) {
      checkTime();
      if (event.cancelled()) {
        continue;
      }
      if (event.replaces() != null) {
        days.add(event.occurrence(event.start().local(), zone));
      } else {
        Set<EventTime> without = new HashSet<>(event.exclusions());
        without.addAll(replaced.getOrDefault(event.uid(), Set.of()));
        expand(event, without, days);
      }
    }
  }

  private void expand(FeedEvent event, Set<EventTime> without, ImportedDays days) {
    ZoneId own = event.zone(zone);
    Starts starts = new Starts(event, own, without, days);
    starts.add(event.start().local());
    event.additions().forEach(addition -> starts.add(addition.in(own)));
    // A day more, as the zones may differ by that.
    LocalDateTime last = days.to().plusDays(2).atStartOfDay();
    for (String rule : event.rules()) {
      try {
        Iterator<LocalDateTime> recurring =
            RecurrenceRule.parse(rule, own).starts(event.start(), own, last).iterator();
        while (recurring.hasNext()) {
          checkTime();
          starts.add(recurring.next());
        }
      } catch (DateTimeException | ArithmeticException e) {
        throw new InvalidCalendarException("has a recurrence that cannot be expanded: " + rule);
      }
    }
  }

  private void checkTime() {
    if (nanoClock.getAsLong() - start > TIMEOUT.toNanos()) {
      throw new InvalidCalendarException(
          "has recurrences that take more than " + TIMEOUT.toSeconds() + " s to expand");
    }
  }

  /** Adds the occurrences of one event, each once, without those that are excluded. */
  private final class Starts {

    private final FeedEvent event;
    private final ImportedDays days;
    private final Set<LocalDateTime> times = new HashSet<>(); // excluded or added
    private final Set<LocalDate> dates = new HashSet<>(); // excluded

    /** Excluding a date excludes whatever begins on it. */
    Starts(FeedEvent event, ZoneId own, Set<EventTime> without, ImportedDays days) {
      this.event = event;
      this.days = days;
      for (EventTime excluded : without) {
        if (excluded.isDate() || event.start().isDate()) {
          dates.add(excluded.local().toLocalDate());
        } else {
          times.add(excluded.in(own));
        }
      }
    }

    void add(LocalDateTime at) {
      if (!dates.contains(at.toLocalDate()) && times.add(at)) {
        days.add(event.occurrence(at, zone));
      }
    }
  }
}
