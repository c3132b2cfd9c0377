package io.voicerouting.cache;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** One pass of the {@link Relay}, and the housekeeping of the outbox that follows it. */
final class RelayRound implements Runnable {

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

  /** Longest time for marking rows between two passes, or trust would run out meanwhile. */
  private static final Duration MARKING = Trust.SPAN.dividedBy(4);

  private static final Logger LOG = LoggerFactory.getLogger(RelayRound.class);

  private final Relay relay;
  private final Outbox outbox;
  private final Duration keepDone;
  private Deadline purge = Deadline.after(Duration.ZERO);

  /**
   * Takes a relay.
   *
   * @param keepDone how long done rows are kept: longer than any copy lives
   */
  RelayRound(Relay relay, Outbox outbox, Duration keepDone) {
    this.relay = relay;
    this.outbox = outbox;
    this.keepDone = keepDone;
  }

  @Override
  public void run() {
    try {
      List<OutboxRow> evicted = relay.pass();
      if (!evicted.isEmpty()) {
        relay.housekeeping(() -> outbox.markDone(evicted, Deadline.after(MARKING)));
      }
      if (purge.passed()) {
        relay.housekeeping(this::purge);
      }
    } catch (DataAccessException e) {
      relay.housekeepingFailed();
      LOG.debug("Voice routing cache: Housekeeping of the outbox failed", e);
    }
  }

  private void purge() {
    purge = Deadline.after(PURGE_INTERVAL);
    if (outbox.purge(keepDone) == Outbox.PURGE_BATCH) {
      purge = Deadline.after(Duration.ZERO); // there is more
    }
  }
}
