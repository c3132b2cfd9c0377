package io.voicerouting.cache.eviction;

import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Writes of the relay to the database between its passes: it marks rows done, registers and
 * challenges reigns, and deletes rows that are no longer needed. The result of each statement is
 * reported to {@link DatabaseAvailability}. Used by one thread.
 */
final class OutboxHousekeeping {

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

  /**
   * Longest time for marking rows between two passes, so that trust does not run out. The next pass
   * finds the other rows, and evicts them again.
   */
  private static final Duration MARK_TIMEOUT = Trust.SPAN.dividedBy(4);

  private static final Logger LOG = LoggerFactory.getLogger(OutboxHousekeeping.class);

  private final Outbox outbox;
  private final ReignRegistry reigns;
  private final ReignChallenges challenges;
  private final OrganizationEvictions organizations;
  private final DatabaseAvailability availability;
  private final RedisNodes nodes;
  private final Duration keepDone;
  private final NanoClock clock;
  private boolean announced;
  private Deadline nextPurge;

  /**
   * @param keepDone as in {@link OutboxRelay}
   */
  OutboxHousekeeping(
      DataSource database,
      OrganizationEvictions organizations,
      DatabaseAvailability availability,
      RedisNodes nodes,
      Duration keepDone,
      NanoClock clock) {
    this.outbox = new Outbox(database);
    this.reigns = new ReignRegistry(database);
    this.challenges = new ReignChallenges(reigns, clock);
    this.organizations = organizations;
    this.availability = availability;
    this.nodes = nodes;
    this.keepDone = keepDone;
    this.clock = clock;
    this.nextPurge = Deadline.after(Duration.ZERO, clock);
  }

  /**
   * Announces once, before the first entry is stored, how long this instance needs done rows.
   *
   * @return whether it is announced
   */
  boolean announceRetention() {
    if (!announced) {
      try {
        execute(() -> outbox.announceRetention(keepDone));
        announced = true;
      } catch (DataAccessException e) {
        recordFailure(e);
      }
    }
    return announced;
  }

  /**
   * Registers reigns. The next pass, whose snapshot shows the entries, grants trust.
   *
   * @return whether they are registered
   */
  boolean register(List<ReignSlots> mine) {
    try {
      if (availability.observe(() -> reigns.register(mine))) {
        challenges.scheduleNow();
      }
      return true;
    } catch (DataAccessException e) {
      recordFailure(e);
      return false;
    }
  }

  /**
   * Does what follows the passes.
   *
   * @param mine entries of the registry that this instance uses
   */
  void followUp(List<ReignSlots> mine) {
    if (!mine.isEmpty() && challenges.isDue()) {
      execute(() -> challenges.step(mine));
    }
    if (nextPurge.passed()) {
      execute(this::purge);
    }
  }

  /**
   * Reports that the database failed. If trust runs out before the next pass, cache entries are
   * degraded.
   */
  void recordFailure(DataAccessException cause) {
    availability.recordFailure(cause);
    for (RedisNode node : nodes.all()) {
      RedisConnection connection = node.connections().connection();
      if (connection != null) {
        node.trust().degrade(connection);
      }
    }
    LOG.debug("Voice routing cache: Housekeeping of the outbox failed", cause);
  }

  private void execute(Runnable statement) {
    availability.beginQuery();
    statement.run();
    availability.recordAnswer();
  }

  /** Marks the rows of a pass done; returns whether all are marked on its reign. */
  boolean markDone(CompletedPass pass) {
    boolean all = true;
    Deadline deadline = Deadline.after(MARK_TIMEOUT, clock);
    for (int i = 0; i < pass.rows().size(); i += Outbox.MARK_BATCH) {
      if (i > 0 && deadline.passed() && isTrusted()) {
        return false; // without trust, all rows are marked, since nothing can run out
      }
      int from = i;
      all &= availability.observe(() -> outbox.markBatch(pass, from));
    }
    return all;
  }

  private boolean isTrusted() {
    return nodes.all().stream()
        .anyMatch(node -> node.trust().state() instanceof Trust.State.Trusted);
  }

  private void purge() {
    Duration keep = outbox.announceRetention(keepDone);
    organizations.forgetExpired(keep);
    nextPurge = Deadline.after(PURGE_INTERVAL, clock);
    if (outbox.purge(keep) == Outbox.PURGE_BATCH) {
      nextPurge = Deadline.after(Duration.ZERO, clock); // there is more
    }
  }
}
