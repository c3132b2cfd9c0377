package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.ReignEndedException;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * One pass after another: reads every open row of the outbox from the primary database without
 * locks, has Redis evict each, and waits for the replies. A completed pass is what makes this
 * instance trust Redis for a second. Used by one thread.
 */
public final class OutboxRelay implements Runnable {

  /**
   * A database that takes longer for the relay's one query would not bear every lookup: cache
   * entries that can no longer be trusted are then better than asking it.
   */
  private static final Duration SLOW_DATABASE = Duration.ofMillis(100);

  /**
   * A session on which passes have failed for so long is given up, though Redis may answer: a
   * former primary refuses writes, and another connection may lead to the new one.
   */
  private static final Duration LONGEST_FAILURE = Duration.ofSeconds(2);

  private final OutboxReader outbox;
  private final OutboxHousekeeping housekeeping;
  private final SessionOpener opener;
  private final OrganizationEvictions organizations;
  private final DatabaseAvailability database;
  private final ConnectionHolder connections;
  private final Evictor evictor;
  private final Trust trust;
  private final RelayObserver observer;
  private final LongSupplier nanoTime;
  private long lastSuccessNanos;
  private OutboxReader.Snapshot lastSnapshot =
      new OutboxReader.Snapshot("1:1:", ""); // of the last completed pass on the session in use

  public OutboxRelay(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      SessionOpener opener,
      OrganizationEvictions organizations,
      DatabaseAvailability database,
      ConnectionHolder connections,
      Evictor evictor,
      Trust trust,
      RelayObserver observer,
      LongSupplier nanoTime) {
    this.outbox = outbox;
    this.housekeeping = housekeeping;
    this.opener = opener;
    this.organizations = organizations;
    this.database = database;
    this.connections = connections;
    this.evictor = evictor;
    this.trust = trust;
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  /** Makes one pass and does the housekeeping of the outbox that follows it. */
  @Override
  public void run() {
    try {
      housekeeping.follow(pass());
    } catch (DataAccessException e) {
      housekeeping.failed(e);
    }
  }

  /**
   * Makes one pass, or a full one on a new connection when there is no session.
   *
   * @return what was evicted; null if an ordinary pass did not complete
   */
  public @Nullable CompletedPass pass() {
    RedisConnection session = connections.session();
    if (session != null && session.wasSilent()) {
      endSession(new ReignEndedException("Redis has not answered for over a second"));
      session = null;
    }
    if (session != null) {
      return pass(session);
    }
    trust.revoke();
    OutboxReader.Snapshot snapshot = opener.open();
    if (snapshot != null) {
      lastSnapshot = snapshot;
      lastSuccessNanos = nanoTime.getAsLong();
    }
    return null;
  }

  private @Nullable CompletedPass pass(RedisConnection session) {
    long start = nanoTime.getAsLong();
    long revocations = trust.revocations();
    boolean slowDatabase = false;
    try {
      String reign = session.reign(Deadline.after(Trust.SPAN));
      OutboxReader.Open open = outbox.open(reign, lastSnapshot);
      slowDatabase = nanoTime.getAsLong() - start > SLOW_DATABASE.toNanos();
      observer.backlog(open.backlog());
      evictor.evictLocally(open.marks());
      // A pass that takes longer than the span grants nothing, but it must end: its rows are done.
      Deadline deadline = Deadline.after(Evictor.PATIENCE);
      evictor.evict(session, open.rows(), deadline);
      confirm(session, deadline);
      lastSnapshot = open.snapshot();
      organizations.passed(DatabaseSnapshot.parse(open.snapshot().text()), start);
      if (open.registered()) {
        trust.grant(session, start, revocations);
      } else {
        housekeeping.register(reign);
      }
      if (slowDatabase && lastSuccessNanos - start < Trust.SPAN.toNanos()) {
        trust.databaseFailed(session);
      }
      observer.passed();
      return new CompletedPass(open.rows(), reign);
    } catch (SQLException e) {
      databaseFailed(session, e);
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      if (slowDatabase) {
        doubt(session);
      } else {
        trust.revoke();
      }
      notAnswered(e);
    }
    return null;
  }

  /** Confirms that the session is still the primary it was, and that nobody has slept meanwhile. */
  private void confirm(RedisConnection session, Deadline deadline) {
    session.confirmReign(deadline);
    if (session.wasSilent()) {
      throw new ReignEndedException("Redis did not answer for over a second");
    }
    lastSuccessNanos = nanoTime.getAsLong();
  }

  private void databaseFailed(RedisConnection session, SQLException cause) {
    trust.databaseFailed(session);
    database.failed(cause);
    observer.databaseFailed(cause);
    try {
      confirm(session, Deadline.after(Trust.SPAN));
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      doubt(session);
      notAnswered(e);
    }
  }

  /** The server may be a replica or another primary now: nothing that was read there is trusted. */
  private void endSession(ReignEndedException cause) {
    trust.revoke();
    connections.close();
    observer.redisFailed(cause);
  }

  /** Redis may only be late, and there is nothing else to answer from. */
  private void doubt(RedisConnection session) {
    trust.databaseFailed(session);
    trust.doubt();
  }

  private void notAnswered(RuntimeException cause) {
    observer.redisFailed(cause);
    if (nanoTime.getAsLong() - lastSuccessNanos > LONGEST_FAILURE.toNanos()) {
      connections.close(); // what comes next is a new connection, and a full pass on it
    }
  }
}
