package io.voicerouting.cache.eviction;

import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What the relay writes to the database outside of its passes: rows that are done, registered and
 * challenged reigns; and the deletion of rows that nobody needs any more. Each statement also tells
 * the {@link DatabaseAvailability} whether the database answers. Used by one thread.
 */
public final class OutboxHousekeeping {

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

  /**
   * Longest time for marking rows between two passes, or trust would run out meanwhile. What is
   * left stays open, and is evicted once more.
   */
  private static final Duration MARKING = Trust.SPAN.dividedBy(4);

  private static final Logger LOG = LoggerFactory.getLogger(OutboxHousekeeping.class);

  private final Outbox outbox;
  private final ReignRegistry reigns;
  private final ReignChallenges challenges;
  private final OrganizationEvictions organizations;
  private final DatabaseAvailability database;
  private final ConnectionHolder connections;
  private final Trust trust;
  private final Duration keepDone;
  private final NanoClock clock;
  private Deadline purge;

  /**
   * Creates the housekeeping of one relay.
   *
   * @param keepDone how long done rows are kept: longer than any cache entry lives
   */
  public OutboxHousekeeping(
      Outbox outbox,
      ReignRegistry reigns,
      OrganizationEvictions organizations,
      DatabaseAvailability database,
      ConnectionHolder connections,
      Trust trust,
      Duration keepDone,
      NanoClock clock) {
    this.outbox = outbox;
    this.reigns = reigns;
    this.challenges = new ReignChallenges(reigns, clock);
    this.organizations = organizations;
    this.database = database;
    this.connections = connections;
    this.trust = trust;
    this.keepDone = keepDone;
    this.clock = clock;
    this.purge = Deadline.after(Duration.ZERO, clock);
  }

  /** Registers a reign. Trust in it follows with the next pass, whose snapshot shows the entry. */
  void register(String reign) {
    ask(() -> reigns.register(reign));
    challenges.beginSoon();
  }

  /**
   * Does what follows a pass.
   *
   * @param pass null if it did not complete
   */
  void follow(@Nullable CompletedPass pass) {
    if (pass != null) {
      markDone(pass.rows(), pass.reign());
      if (challenges.due()) {
        ask(() -> challenges.step(pass.reign()));
      }
    }
    if (purge.passed()) {
      ask(this::purge);
    }
  }

  /**
   * The database failed here. Should trust run out before the next pass finds it, cache entries are
   * degraded.
   */
  void failed(DataAccessException cause) {
    database.failed(cause);
    RedisConnection session = connections.session();
    if (session != null) {
      trust.databaseFailed(session);
    }
    LOG.debug("Voice routing cache: Housekeeping of the outbox failed", cause);
  }

  private void ask(Runnable statement) {
    database.asks();
    statement.run();
    database.answered();
  }

  private void markDone(List<OutboxRow> rows, String reign) {
    Deadline marking = Deadline.after(MARKING, clock);
    for (int from = 0; from < rows.size(); from += Outbox.MARK_BATCH) {
      List<OutboxRow> batch = rows.subList(from, Math.min(from + Outbox.MARK_BATCH, rows.size()));
      ask(() -> outbox.markDone(batch, reign));
      if (marking.passed() && trust.state() instanceof Trust.State.Trusted) {
        return; // without trust to lose, all are marked, as all had to be evicted
      }
    }
  }

  private void purge() {
    organizations.forgetExpired();
    purge = Deadline.after(PURGE_INTERVAL, clock);
    if (outbox.purge(keepDone) == Outbox.PURGE_BATCH) {
      purge = Deadline.after(Duration.ZERO, clock); // there is more
    }
  }
}
