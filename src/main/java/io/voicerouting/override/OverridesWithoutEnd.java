package io.voicerouting.override;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reports overrides that have no end and began more than a day ago: somebody may have forgotten
 * them. Counted at most once a minute, and never by the thread that reads the meter, so that a slow
 * database delays no other meter.
 */
@Component
class OverridesWithoutEnd implements MeterBinder {

  static final String NAME = "routing.overrides.without.end";

  private static final Duration OLD = Duration.ofDays(1);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final OverrideRepository overrides;
  private final InstantSource clock;
  private final AtomicReference<Instant> countedAt = new AtomicReference<>(Instant.MIN);
  private volatile double count = Double.NaN; // unknown

  OverridesWithoutEnd(OverrideRepository overrides, InstantSource clock) {
    this.overrides = overrides;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(NAME, this, OverridesWithoutEnd::value)
        .description("Overrides without an end that began more than a day ago")
        .register(registry);
  }

  private double value() {
    Instant now = clock.instant();
    Instant last = countedAt.get();
    if (now.minus(PERIOD).isAfter(last) && countedAt.compareAndSet(last, now)) {
      Thread.ofVirtual().name("overrides-without-end").start(() -> count(now));
    }
    return count;
  }

  private void count(Instant now) {
    try {
      count = overrides.countWithoutEnd(now.minus(OLD));
    } catch (DataAccessException | TransactionException e) {
      count = Double.NaN;
    }
  }
}
