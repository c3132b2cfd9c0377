package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new connection the session in use, after a full pass on it: over done rows, too, since
 * after a failover the new primary may hold what the old one had already evicted. The full pass
 * grants no trust. Used by one thread.
 */
public final class SessionOpener {

  private final OutboxReader outbox;
  private final OutboxHousekeeping housekeeping;
  private final OrganizationEvictions organizations;
  private final DatabaseAvailability database;
  private final ConnectionHolder connections;
  private final Evictor evictor;
  private final RelayObserver observer;
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private @Nullable RedisConnection candidate; // null: none is open
  private boolean olderVersionReported;

  public SessionOpener(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      OrganizationEvictions organizations,
      DatabaseAvailability database,
      ConnectionHolder connections,
      Evictor evictor,
      RelayObserver observer) {
    this.outbox = outbox;
    this.housekeeping = housekeeping;
    this.organizations = organizations;
    this.database = database;
    this.connections = connections;
    this.evictor = evictor;
    this.observer = observer;
  }

  /**
   * Tries once.
   *
   * @return the snapshot of the full pass; null if there is no session yet
   */
  OutboxReader.@Nullable Snapshot open() {
    try {
      // Lookups are to know whether it answers, whatever becomes of Redis.
      outbox.probe().ifPresent(observer::backlog);
      RedisConnection session = candidate();
      OutboxReader.Snapshot snapshot = fullPass(session);
      connections.adopt(session);
      candidate = null;
      observer.adopted();
      return snapshot;
    } catch (SQLException e) {
      database.failed(e);
      observer.databaseFailed(e);
    } catch (CacheUnavailableException | RedisException e) {
      dropCandidate();
      observer.redisFailed(e);
    } finally {
      firstAttempt.countDown();
    }
    return null;
  }

  private OutboxReader.Snapshot fullPass(RedisConnection session) throws SQLException {
    // Before very many rows are read: one that is to become a replica, say, refuses every write.
    session.evictOne(RedisKeys.NOTHING, Deadline.after(Trust.SPAN));
    String reign = session.reign(Deadline.after(Trust.SPAN));
    OutboxReader.All all = outbox.all(reign);
    if (all.markedWithoutReign() && !olderVersionReported) {
      olderVersionReported = true;
      CacheLog.olderVersion();
    }
    evictor.evict(session, all.rows(), Deadline.after(Evictor.PATIENCE));
    organizations.sessionBegan();
    session.confirmReign(Deadline.after(Trust.SPAN));
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

  /** Waits until the first full pass was attempted; whether it was. */
  public boolean awaitFirstAttempt(Duration patience) throws InterruptedException {
    return firstAttempt.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
