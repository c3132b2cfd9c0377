package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.KeyEviction;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a new session on a primary: a connection is put into use after a full pass on it. A full
 * pass also evicts done rows, since after a failover the new primary may hold entries that the old
 * one had evicted. The full pass grants no trust. Used by one thread at a time.
 */
final class SessionOpener {

  /** How long a server that refuses a command is left alone: its ACL has to be changed. */
  static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

  private static final String NO_PERMISSION = "NOPERM";

  private final RedisNode node;
  private final OrganizationEvictions organizations;
  private final Evictor evictor;
  private final RelayObserver observer;
  private final NanoClock clock;
  private @Nullable RedisConnection candidate; // null: none is open
  private @Nullable String reign; // of the candidate; null: not read yet
  private @Nullable FullPass completed; // on the candidate; null: none yet
  private @Nullable Deadline refused; // until when no connection is opened; null: not refused

  /**
   * A full pass.
   *
   * @param rows to evict
   * @param slots to which the rows belong
   * @param snapshot from before they were read
   */
  record FullPass(List<OutboxRow> rows, Slots slots, PassSnapshot snapshot) {}

  SessionOpener(
      RedisNode node,
      OrganizationEvictions organizations,
      Evictor evictor,
      RelayObserver observer,
      NanoClock clock) {
    this.node = node;
    this.organizations = organizations;
    this.evictor = evictor;
    this.observer = observer;
    this.clock = clock;
  }

  /** Opens the connection, if it is not open. */
  void connect() {
    if (refused != null && !refused.passed()) {
      return;
    }
    refused = null;
    try {
      RedisConnection current = candidate;
      if (current == null || !current.isOpen()) {
        dropCandidate();
        current = node.connections().open();
        candidate = current;
      }
      if (!node.isClustered()) {
        // Before very many rows are read: a server that will become a replica refuses every write.
        KeyEviction.evictOne(current, RedisKeys.WRITE_PROBE, Deadline.after(Trust.SPAN, clock));
      }
      reign = current.reign(Deadline.after(Trust.SPAN, clock));
    } catch (CacheUnavailableException | RedisException e) {
      dropCandidate();
      if (isForbidden(e)) {
        refused = Deadline.after(AFTER_REFUSAL, clock);
      }
      observer.recordRedisFailure(node, e);
    }
  }

  private static boolean isForbidden(Throwable failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(failure.getMessage()).startsWith(NO_PERMISSION)
        || (cause != null && isForbidden(cause));
  }

  /** Returns the reign of the connection; null if no full pass can be made on it now. */
  @Nullable String reign() {
    return reign;
  }

  /** Makes the full pass. */
  void evict(FullPass pass) {
    RedisConnection connection = candidate;
    if (connection == null) {
      return;
    }
    try {
      evictor.evict(connection, pass.rows(), Deadline.after(Evictor.BULK_TIMEOUT, clock));
      organizations.renewMarks();
      connection.confirmReign(Deadline.after(Trust.SPAN, clock));
      completed = pass;
    } catch (CacheUnavailableException | RedisException e) {
      dropCandidate();
      observer.recordRedisFailure(node, e);
    }
  }

  /** Returns the full pass that has completed; null for none. */
  @Nullable FullPass completed() {
    return completed;
  }

  /** Puts the connection into use. */
  void adopt() {
    RedisConnection connection = candidate;
    FullPass pass = completed;
    if (connection != null) {
      node.connections().adopt(connection);
      observer.recordAdoption(connection, pass == null ? 0 : pass.rows().size());
    }
    forgetCandidate();
  }

  /** Closes a connection that was not put into use. */
  void dropCandidate() {
    if (candidate != null) {
      candidate.close();
    }
    forgetCandidate();
  }

  private void forgetCandidate() {
    candidate = null;
    reign = null;
    completed = null;
  }
}
