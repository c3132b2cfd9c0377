package io.voicerouting.cache.eviction;

import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** One pass of the {@link OutboxRelay}, and the housekeeping of the outbox that follows it. */
public final class RelayRound implements Runnable {

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

  /**
   * Longest time for marking rows between two passes, or trust would run out meanwhile. What is
   * left stays open, and is evicted once more.
   */
  private static final Duration MARKING = Trust.SPAN.dividedBy(4);

  private static final Logger LOG = LoggerFactory.getLogger(RelayRound.class);

  private final OutboxRelay relay;
  private final Trust trust;
  private final Outbox outbox;
  private final Duration keepDone;
  private final LongSupplier nanoTime;
  private Deadline purge = Deadline.after(Duration.ZERO);

  /**
   * Takes a relay.
   *
   * @param keepDone how long done rows are kept: longer than any copy lives
   */
  public RelayRound(
      OutboxRelay relay, Trust trust, Outbox outbox, Duration keepDone, LongSupplier nanoTime) {
    this.relay = relay;
    this.trust = trust;
    this.outbox = outbox;
    this.keepDone = keepDone;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run() {
    try {
      OutboxRelay.Evicted evicted = relay.pass();
      markDone(evicted.rows(), evicted.reign());
      if (evicted.completed()) {
        relay.challengeOthers(evicted.reign());
      }
      if (purge.passed()) {
        relay.housekeeping(this::purge);
      }
    } catch (DataAccessException e) {
      relay.housekeepingFailed(e);
      LOG.debug("Voice routing cache: Housekeeping of the outbox failed", e);
    }
  }

  private void markDone(List<OutboxRow> rows, String reign) {
    Deadline marking = Deadline.after(MARKING, nanoTime);
    for (int from = 0; from < rows.size(); from += Outbox.MARK_BATCH) {
      List<OutboxRow> batch = rows.subList(from, Math.min(from + Outbox.MARK_BATCH, rows.size()));
      relay.housekeeping(() -> outbox.markDone(batch, reign));
      if (marking.passed() && trust.state() instanceof Trust.State.Trusted) {
        return; // without trust to lose, all are marked, as all had to be evicted
      }
    }
  }

  private void purge() {
    purge = Deadline.after(PURGE_INTERVAL);
    if (outbox.purge(keepDone) == Outbox.PURGE_BATCH) {
      purge = Deadline.after(Duration.ZERO); // there is more
    }
  }
}
