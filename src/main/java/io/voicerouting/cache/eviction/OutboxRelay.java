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
import io.voicerouting.cache.support.NanoClock;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Makes relay passes. A pass reads every open row of the outbox from the primary database without
 * locks, evicts its documents from Redis, and waits for the replies. After a completed pass this
 * instance trusts Redis for a second. Used by one thread.
 */
public final class OutboxRelay implements Runnable {

  /**
   * A database that takes longer for the relay's query could not bear all lookups. Stale entries
   * are then better than loads.
   */
  private static final Duration SLOW_DATABASE = Duration.ofMillis(100);

  /**
   * A connection on which passes have failed for this time is closed, even if Redis answers: a
   * former primary refuses writes, and another connection may lead to the new one.
   */
  private static final Duration MAX_FAILURE_TIME = Duration.ofSeconds(2);

  private final OutboxReader outbox;
  private final OutboxHousekeeping housekeeping;
  private final SessionOpener opener;
  private final OrganizationEvictions organizations;
  private final DatabaseAvailability availability;
  private final ConnectionHolder connections;
  private final Evictor evictor;
  private final Trust trust;
  private final RelayObserver observer;
  private final NanoClock clock;
  private long lastSuccessNanos;
  private OutboxReader.Snapshot lastSnapshot =
      new OutboxReader.Snapshot("1:1:", ""); // of the last completed pass on the connection in use

  public OutboxRelay(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      SessionOpener opener,
      OrganizationEvictions organizations,
      DatabaseAvailability availability,
      ConnectionHolder connections,
      Evictor evictor,
      Trust trust,
      RelayObserver observer,
      NanoClock clock) {
    this.outbox = outbox;
    this.housekeeping = housekeeping;
    this.opener = opener;
    this.organizations = organizations;
    this.availability = availability;
    this.connections = connections;
    this.evictor = evictor;
    this.trust = trust;
    this.observer = observer;
    this.clock = clock;
  }

  /** Makes one pass and does the housekeeping of the outbox that follows it. */
  @Override
  public void run() {
    OutboxReader.Snapshot before = lastSnapshot;
    try {
      if (housekeeping.followUp(pass())) {
        return;
      }
    } catch (DataAccessException e) {
      housekeeping.recordFailure(e);
    }
    lastSnapshot = before; // the next pass finds its rows again, also those that others have marked
  }

  /**
   * Makes one pass, or a full one on a new connection when there is no session.
   *
   * @return what was evicted; null if an ordinary pass did not complete
   */
  public @Nullable CompletedPass pass() {
    RedisConnection connection = connections.connection();
    if (connection != null && connection.wasSilent()) {
      endSession(new ReignEndedException("Redis has not answered for over a second"));
      connection = null;
    }
    if (connection != null) {
      return pass(connection);
    }
    trust.revoke();
    OutboxReader.Snapshot snapshot = opener.open();
    if (snapshot != null) {
      lastSnapshot = snapshot;
      lastSuccessNanos = clock.getAsLong();
    }
    return null;
  }

  private @Nullable CompletedPass pass(RedisConnection connection) {
    long start = clock.getAsLong();
    long revocations = trust.revocations();
    boolean slowDatabase = false;
    try {
      String reign = connection.reign(Deadline.after(Trust.SPAN, clock));
      OutboxReader.OpenRows open = outbox.readOpen(reign, lastSnapshot);
      slowDatabase = clock.getAsLong() - start > SLOW_DATABASE.toNanos();
      observer.recordBacklog(open.backlog());
      evictor.evictLocally(open.marks());
      // A pass that takes longer than the span grants no trust, but must end so that its rows are
      // done.
      Deadline deadline = Deadline.after(Evictor.BULK_TIMEOUT, clock);
      evictor.evict(connection, open.rows(), deadline);
      confirm(connection, deadline);
      lastSnapshot = open.snapshot();
      organizations.recordPass(DatabaseSnapshot.parse(open.snapshot().text()), start);
      if (open.registered()) {
        trust.grant(connection, start, revocations);
      } else {
        housekeeping.register(reign);
      }
      if (slowDatabase && lastSuccessNanos - start < Trust.SPAN.toNanos()) {
        trust.degrade(connection);
      }
      observer.recordPass();
      return new CompletedPass(open.rows(), reign);
    } catch (SQLException e) {
      handleDatabaseFailure(connection, e);
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      if (slowDatabase) {
        suspect(connection);
      } else {
        trust.revoke();
      }
      handleRedisFailure(e);
    }
    return null;
  }

  /** Confirms that the server is still the same primary, and that neither side was paused. */
  private void confirm(RedisConnection connection, Deadline deadline) {
    connection.confirmReign(deadline);
    if (connection.wasSilent()) {
      throw new ReignEndedException("Redis did not answer for over a second");
    }
    lastSuccessNanos = clock.getAsLong();
  }

  private void handleDatabaseFailure(RedisConnection connection, SQLException cause) {
    trust.degrade(connection);
    availability.recordFailure(cause);
    observer.recordDatabaseFailure(cause);
    try {
      confirm(connection, Deadline.after(Trust.SPAN, clock));
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      suspect(connection);
      handleRedisFailure(e);
    }
  }

  /** Ends the session: the server may be a replica or another primary now. */
  private void endSession(ReignEndedException cause) {
    trust.revoke();
    connections.close();
    observer.recordRedisFailure(cause);
  }

  /** Keeps entries degraded: Redis may only be late, and the database is slow or down. */
  private void suspect(RedisConnection connection) {
    trust.degrade(connection);
    trust.suspect();
  }

  private void handleRedisFailure(RuntimeException cause) {
    observer.recordRedisFailure(cause);
    if (clock.getAsLong() - lastSuccessNanos > MAX_FAILURE_TIME.toNanos()) {
      connections.close(); // a new connection and a full pass follow
    }
  }
}
