package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens a new session: a connection is put into use after a full pass on it. A full pass also
 * evicts done rows, since after a failover the new primary may hold entries that the old one had
 * evicted. The full pass grants no trust. Used by one thread.
 */
public final class SessionOpener {

  private final OutboxReader outbox;
  private final OutboxHousekeeping housekeeping;
  private final OrganizationEvictions organizations;
  private final DatabaseAvailability availability;
  private final ConnectionHolder connections;
  private final Evictor evictor;
  private final RelayObserver observer;
  private final NanoClock clock;
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private @Nullable RedisConnection candidate; // null: none is open

  public SessionOpener(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      OrganizationEvictions organizations,
      DatabaseAvailability availability,
      ConnectionHolder connections,
      Evictor evictor,
      RelayObserver observer,
      NanoClock clock) {
    this.outbox = outbox;
    this.housekeeping = housekeeping;
    this.organizations = organizations;
    this.availability = availability;
    this.connections = connections;
    this.evictor = evictor;
    this.observer = observer;
    this.clock = clock;
  }

  /**
   * Makes one attempt.
   *
   * @return the snapshot of the full pass; null if there is no session yet
   */
  OutboxReader.@Nullable Snapshot open() {
    try {
      // Before Redis is contacted: lookups need to know whether the database is down.
      outbox.probe().ifPresent(observer::recordBacklog);
      RedisConnection connection = candidate();
      OutboxReader.Snapshot snapshot = fullPass(connection);
      connections.adopt(connection);
      candidate = null;
      observer.recordAdoption();
      return snapshot;
    } catch (SQLException e) {
      availability.recordFailure(e);
      observer.recordDatabaseFailure(e);
    } catch (CacheUnavailableException | RedisException e) {
      dropCandidate();
      observer.recordRedisFailure(e);
    } finally {
      firstAttempt.countDown();
    }
    return null;
  }

  private OutboxReader.Snapshot fullPass(RedisConnection connection) throws SQLException {
    // Before very many rows are read: a server that will become a replica refuses every write.
    connection.evictOne(RedisKeys.WRITE_PROBE, Deadline.after(Trust.SPAN, clock));
    String reign = connection.reign(Deadline.after(Trust.SPAN, clock));
    OutboxReader.AllRows all = outbox.readAll(reign);
    evictor.evict(connection, all.rows(), Deadline.after(Evictor.BULK_TIMEOUT, clock));
    organizations.renewMarks();
    connection.confirmReign(Deadline.after(Trust.SPAN, clock));
    housekeeping.register(reign);
    return all.snapshot();
  }

  private RedisConnection candidate() {
    RedisConnection current = candidate;
    if (current == null || !current.isOpen()) {
      current = connections.open();
      candidate = current;
    }
    return current;
  }

  /** Closes a connection on which no full pass has completed. */
  public void dropCandidate() {
    if (candidate != null) {
      candidate.close();
      candidate = null;
    }
  }

  /** Waits until the first full pass was attempted; returns false if it was not in time. */
  public boolean awaitFirstAttempt(Duration timeout) throws InterruptedException {
    return firstAttempt.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
