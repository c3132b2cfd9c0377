package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.ReignEndedException;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass after another: reads every open row of the outbox from the primary database without
 * locks, has Redis evict each, and waits for the replies. A completed pass is what makes this
 * instance believe Redis for a second. A new connection is used only after a full pass, over done
 * rows too: after a failover the new primary may hold what the old one had already evicted.
 */
public final class OutboxRelay {

  /**
   * A database that takes longer for the relay's one query would not bear every lookup: copies that
   * can no longer be trusted are then better than asking it.
   */
  private static final Duration SLOW_DATABASE = Duration.ofMillis(100);

  /**
   * A connection on which passes have failed for so long is given up. Its other end may have gone
   * without a word, and the kernel would go on trying for a quarter of an hour; or it refuses
   * writes, as a former primary does, and another connection may lead to the new one.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

  /**
   * For the eviction of very many rows. What was begun must end, or it would be begun again and
   * again; that Redis still answers is seen to with each reply.
   */
  private static final Duration PATIENCE = Duration.ofHours(1);

  /**
   * Rows whose evictions Redis confirmed.
   *
   * @param rows for {@link Outbox#markDone}
   * @param reign on which they are evicted
   */
  public record Evicted(List<OutboxRow> rows, String reign) {
    static final Evicted NOTHING = new Evicted(List.of(), "");

    /** Whether the pass completed. */
    boolean completed() {
      return !reign.isEmpty();
    }
  }

  private final OutboxReader outbox;
  private final ReignRegistry reigns;
  private final ReignChallenges challenges;
  private final DatabaseAvailability watch;
  private final ConnectionHolder link;
  private final Evictor evictor;
  private final Trust trust;
  private final RelayObserver observer;
  private final LongSupplier nanoTime;
  private final CountDownLatch firstFullPass = new CountDownLatch(1);
  private @Nullable RedisConnection candidate;
  private long lastReplyNanos;
  private String lastSnapshot = ""; // of the last completed pass on the session in use

  public OutboxRelay(
      OutboxReader outbox,
      ReignRegistry reigns,
      DatabaseAvailability watch,
      ConnectionHolder link,
      Evictor evictor,
      Trust trust,
      RelayObserver observer,
      LongSupplier nanoTime) {
    this.outbox = outbox;
    this.reigns = reigns;
    this.challenges = new ReignChallenges(reigns, nanoTime);
    this.watch = watch;
    this.link = link;
    this.evictor = evictor;
    this.trust = trust;
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  /**
   * One step: an ordinary pass, or a full one when there is no session.
   *
   * @return the rows whose evictions Redis confirmed, and on which reign
   */
  public Evicted pass() {
    RedisConnection session = link.session();
    return session == null ? fullPass() : ordinaryPass(session);
  }

  private Evicted ordinaryPass(RedisConnection session) {
    long start = nanoTime.getAsLong();
    long revocations = trust.revocations();
    boolean slowDatabase = false;
    try {
      String reign = session.reign(Deadline.after(Trust.SPAN));
      OutboxReader.Open open = outbox.open(reign, lastSnapshot);
      slowDatabase = nanoTime.getAsLong() - start > SLOW_DATABASE.toNanos();
      observer.backlog(open.backlog());
      // A pass that takes longer than the span grants nothing, but it must end: its rows are done.
      Deadline deadline = Deadline.after(PATIENCE);
      evictor.evict(session, open.rows(), deadline);
      session.confirmReign(deadline);
      lastReplyNanos = nanoTime.getAsLong();
      lastSnapshot = open.snapshot();
      if (open.registered()) {
        trust.grant(session, start, revocations);
      } else {
        register(reign);
      }
      if (slowDatabase && lastReplyNanos - start < Trust.SPAN.toNanos()) {
        trust.databaseFailed(session);
      }
      observer.passed();
      return new Evicted(open.rows(), reign);
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
    return Evicted.NOTHING;
  }

  /** Trust follows with the next pass: its snapshot shows the registration. */
  private void register(String reign) {
    housekeeping(() -> reigns.register(reign));
    challenges.beginSoon();
  }

  /**
   * Challenges reigns that may be out of use, when it is time.
   *
   * @param reign that this instance uses
   */
  void challengeOthers(String reign) {
    if (challenges.due()) {
      housekeeping(() -> challenges.step(reign));
    }
  }

  /** Does what follows a pass; it too may find that the database does not answer. */
  void housekeeping(Runnable questions) {
    watch.asks();
    questions.run();
    watch.answered();
  }

  /**
   * The database failed in what follows a pass. Should trust run out before the next one has found
   * out for itself, copies are degraded.
   */
  void housekeepingFailed(Exception cause) {
    watch.failed(cause);
    RedisConnection session = link.session();
    if (session != null) {
      trust.databaseFailed(session);
    }
  }

  private void databaseFailed(RedisConnection session, SQLException cause) {
    trust.databaseFailed(session);
    watch.failed(cause);
    observer.databaseFailed(cause);
    try {
      session.confirmReign(Deadline.after(Trust.SPAN));
      lastReplyNanos = nanoTime.getAsLong();
    } catch (ReignEndedException e) {
      endSession(e);
    } catch (CacheUnavailableException | RedisException e) {
      doubt(session);
      notAnswered(e);
    }
  }

  /** The server is another primary now, or a replica: nothing that was read there is trusted. */
  private void endSession(ReignEndedException cause) {
    trust.revoke();
    link.close();
    observer.redisFailed(cause);
  }

  /** Redis may only be late, and there is nothing else to answer from. */
  private void doubt(RedisConnection session) {
    trust.databaseFailed(session);
    trust.doubt();
  }

  private void notAnswered(RuntimeException cause) {
    observer.redisFailed(cause);
    if (nanoTime.getAsLong() - lastReplyNanos > LONGEST_SILENCE.toNanos()) {
      link.close(); // what comes next is a new connection, and a full pass on it
    }
  }

  private Evicted fullPass() {
    trust.revoke();
    try {
      // Lookups are to know whether it answers, whatever becomes of Redis.
      outbox.probe().ifPresent(observer::backlog);
      RedisConnection session = candidate();
      // Before very many rows are read: one that is to become a replica, say, refuses every write.
      session.evictOne(RedisKeys.NOTHING, Deadline.after(Trust.SPAN));
      session.reign(Deadline.after(Trust.SPAN));
      OutboxReader.All all = outbox.all();
      evictor.evict(session, all.rows(), Deadline.after(PATIENCE));
      session.confirmReign(Deadline.after(Trust.SPAN));
      lastSnapshot = all.snapshot();
      register(session.reign(Deadline.after(Trust.SPAN)));
      lastReplyNanos = nanoTime.getAsLong();
      link.adopt(session);
      candidate = null;
      observer.adopted();
    } catch (SQLException e) {
      watch.failed(e);
      observer.databaseFailed(e);
    } catch (CacheUnavailableException | RedisException e) {
      dropCandidate();
      observer.redisFailed(e);
    } finally {
      firstFullPass.countDown();
    }
    return Evicted.NOTHING;
  }

  private RedisConnection candidate() {
    RedisConnection current = candidate;
    if (current == null || !current.isOpen()) {
      current = link.open();
      candidate = current;
    }
    return current;
  }

  /** Gives up a connection that no full pass has made fit for use. */
  public void dropCandidate() {
    if (candidate != null) {
      candidate.close();
      candidate = null;
    }
  }

  /** Waits until the first full pass was attempted; whether it was. */
  public boolean awaitFirstFullPass(Duration patience) throws InterruptedException {
    return firstFullPass.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
