package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.Redirection;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.ReignEndedException;
import io.voicerouting.cache.redis.SlotOwnership;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relay's part on one primary. Its session evicts the rows of a pass there and waits for the
 * replies. A slot that the primary has not served before is not trusted until a pass has evicted
 * all kept rows of its keys. Used by one thread at a time.
 */
final class NodeRelay {

  /**
   * A connection on which passes have failed for this time is closed, even if Redis answers: a
   * former primary refuses writes, and another connection may lead to the new one.
   */
  private static final Duration MAX_FAILURE_TIME = Duration.ofSeconds(2);

  private final RedisNode node;
  private final Evictor evictor;
  private final RelayObserver observer;
  private final SessionOpener opener;
  private final SessionProgress progress;
  private final NanoClock clock;
  private long lastSuccessNanos;
  private @Nullable Completion completion; // not taken yet

  NodeRelay(
      RedisNode node,
      SessionOpener opener,
      Evictor evictor,
      RelayObserver observer,
      NanoClock clock) {
    this.node = node;
    this.opener = opener;
    this.progress = new SessionProgress(node);
    this.evictor = evictor;
    this.observer = observer;
    this.clock = clock;
  }

  /**
   * A session at the start of a pass, before the query.
   *
   * @param slots whose rows the pass evicts
   * @param revocations of trust so far
   */
  record Session(RedisConnection connection, String reign, Slots slots, long revocations) {}

  /**
   * A pass that has completed.
   *
   * @param unregistered entries that the pass did not find in the registry
   */
  record Completion(CompletedPass pass, List<ReignSlots> unregistered) {}

  RedisNode node() {
    return node;
  }

  SessionOpener opener() {
    return opener;
  }

  SessionProgress progress() {
    return progress;
  }

  /** Returns the session; null for none. A silent session is ended. */
  @Nullable Session session() {
    RedisConnection connection = node.connections().connection();
    if (connection == null) {
      return null;
    }
    if (connection.wasSilent()) {
      endSession(new ReignEndedException("Redis has not answered for over a second"));
      return null;
    }
    String reign = connection.reign(Deadline.after(Trust.SPAN, clock)); // known since it opened
    return new Session(connection, reign, progress.slots(), node.trust().revocations());
  }

  /** Begins the session that has made a full pass. */
  void begin(SessionOpener.FullPass pass) {
    opener.adopt();
    progress.begin(pass);
    lastSuccessNanos = clock.getAsLong();
  }

  /** Returns the entries of the registry that the session uses; empty without a session. */
  List<ReignSlots> claims() {
    RedisConnection connection = node.connections().connection();
    return connection == null
        ? List.of()
        : ReignSlots.of(connection.reign(Deadline.after(Trust.SPAN, clock)), progress.members());
  }

  /**
   * Makes a pass.
   *
   * @param rows to evict
   * @param joining all kept rows of slots that the session has not evicted so far
   * @param read the query that found the rows
   */
  void pass(Session session, List<OutboxRow> rows, List<OutboxRow> joining, PassRead read) {
    RedisConnection connection = session.connection();
    try {
      // A pass that takes longer than the span grants no trust, but must end so that its rows are
      // done.
      Deadline deadline = Deadline.after(Evictor.BULK_TIMEOUT, clock);
      evictor.evict(connection, joining, deadline);
      evictor.evict(connection, rows, deadline);
      confirm(connection, deadline);
      complete(session, rows, read);
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (RedisCommandExecutionException e) {
      if (node.isClustered() && Redirection.isOfSlot(e)) {
        askOwnership(connection); // the slot may have moved; the others can stay trusted
      } else {
        withdraw(connection, read);
      }
      handleFailure(e);
    } catch (CacheUnavailableException | RedisException e) {
      withdraw(connection, read);
      handleFailure(e);
    }
  }

  private void withdraw(RedisConnection connection, PassRead read) {
    if (read.slowDatabase()) {
      suspect(connection);
    } else {
      node.trust().revoke();
    }
  }

  private void complete(Session session, List<OutboxRow> rows, PassRead read) {
    Trust trust = node.trust();
    RedisConnection connection = session.connection();
    Slots served = progress.complete(session.slots(), read.snapshot());
    Slots granted = served.and(ReignSlots.slotsOf(session.reign(), read.registered()));
    if (!granted.isEmpty()) {
      trust.grant(connection, read.startNanos(), session.revocations(), granted);
    }
    if (read.slowDatabase() && lastSuccessNanos - read.startNanos() < Trust.SPAN.toNanos()) {
      trust.degrade(connection);
    }
    observer.recordPass(node);
    completion =
        new Completion(
            new CompletedPass(rows, session.reign(), connection.address()),
            ReignSlots.of(session.reign(), served).stream()
                .filter(claim -> !read.registered().contains(claim))
                .toList());
  }

  /** Returns and clears the completed pass; null if there is none. */
  @Nullable Completion takeCompletion() {
    Completion taken = completion;
    completion = null;
    return taken;
  }

  /** Confirms that the server is still the same primary, and that neither side was paused. */
  private void confirm(RedisConnection connection, Deadline deadline) {
    confirmPrimary(connection, deadline);
    if (connection.wasSilent()) {
      throw new ReignEndedException("Redis did not answer for over a second");
    }
    lastSuccessNanos = clock.getAsLong();
  }

  private void confirmPrimary(RedisConnection connection, Deadline deadline) {
    SlotOwnership ownership = node.isClustered() ? SlotOwnership.ask(connection) : null;
    connection.confirmReign(deadline);
    if (ownership != null) {
      progress.confirmServed(ownership.await(deadline));
    }
  }

  /** Queries which slots to leave out, after the server has refused the eviction of a key. */
  private void askOwnership(RedisConnection connection) {
    try {
      confirmPrimary(connection, Deadline.after(Trust.SPAN, clock));
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      node.trust().revoke();
    }
  }

  /** Checks that the server is still the same primary, while its entries are served degraded. */
  void confirmDegraded(RedisConnection connection) {
    try {
      confirm(connection, Deadline.after(Trust.SPAN, clock));
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      suspect(connection);
      handleFailure(e);
    }
  }

  /** Ends the session: the server may be a replica or another primary now. */
  private void endSession(ReignEndedException cause) {
    node.trust().revoke();
    node.connections().close();
    observer.recordRedisFailure(node, cause);
  }

  /** Keeps entries degraded: Redis may only be late, and the database is slow or down. */
  private void suspect(RedisConnection connection) {
    node.trust().degrade(connection);
    node.trust().suspect();
  }

  private void handleFailure(RuntimeException cause) {
    observer.recordRedisFailure(node, cause);
    if (clock.getAsLong() - lastSuccessNanos > MAX_FAILURE_TIME.toNanos()) {
      node.connections().close(); // a new connection and a full pass follow
    }
  }
}
