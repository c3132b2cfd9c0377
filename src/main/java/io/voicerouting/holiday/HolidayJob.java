package io.voicerouting.holiday;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks for calendars that are due, and counts those that need somebody's attention. */
@Component
class HolidayJob implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(HolidayJob.class);

  private final HolidayRefresher refresher;
  private final HolidayClaims claims;
  private volatile HolidayClaims.Counts counts = new HolidayClaims.Counts(0, 0);

  HolidayJob(HolidayRefresher refresher, HolidayClaims claims, MeterRegistry meters) {
    this.refresher = refresher;
    this.claims = claims;
    register(meters, "failing", HolidayClaims.Counts::failing);
    register(meters, "held", HolidayClaims.Counts::held);
  }

  private void register(
      MeterRegistry meters, String state, ToDoubleFunction<HolidayClaims.Counts> count) {
    Gauge.builder("routing.holiday.calendars", () -> count.applyAsDouble(counts))
        .description("Holiday calendars that failed three times in a row, or are held back")
        .tag("state", state)
        .register(meters);
  }

  @Override
  public void run() {
    try {
      refresher.refreshDue();
      counts = claims.count();
    } catch (DataAccessException | TransactionException e) {
      // An outage is reported by the relay. Calendars that were claimed are due again soon.
      LOG.debug("Voice routing cache: Holiday calendars could not be read", e);
    }
  }
}
