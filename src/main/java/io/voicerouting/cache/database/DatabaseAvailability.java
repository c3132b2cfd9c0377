package io.voicerouting.cache.database;

import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database is down, as the queries of the relay and the loads show. Lookups wait less
 * for a database that is down. The methods for queries are called by one thread; all others are
 * thread-safe.
 */
public final class DatabaseAvailability {

  /**
   * A database that has not answered a query of the relay after this time is down. A database that
   * was already this slow before is slow, not down: the full timeout applies.
   */
  private static final Duration DOWN_AFTER = Duration.ofMillis(150);

  private final NanoClock clock;
  private final AtomicReference<@Nullable Deadline> answerDue =
      new AtomicReference<>(); // null: no query of the relay in progress
  private volatile boolean down;
  private volatile @Nullable Exception failure; // null: the last query succeeded
  private volatile long lastAnswerNanos;
  private long queryStartNanos;
  private volatile boolean slow;

  public DatabaseAvailability(NanoClock clock) {
    this.clock = clock;
    this.lastAnswerNanos = clock.getAsLong();
  }

  /** Reports that the relay is about to query the database. */
  public void beginQuery() {
    queryStartNanos = clock.getAsLong();
    answerDue.set(dueFromNow());
  }

  private Deadline dueFromNow() {
    return Deadline.after(slow ? RelayDatabase.ANSWER_TIMEOUT : DOWN_AFTER, clock);
  }

  /** Reports that the database answered the relay. */
  public void recordAnswer() {
    lastAnswerNanos = clock.getAsLong();
    slow = lastAnswerNanos - queryStartNanos > DOWN_AFTER.toNanos();
    answerDue.set(null);
    failure = null;
    down = false;
  }

  /** Runs a query of the relay, and reports that it began and that the database answered. */
  public <T> T observe(Supplier<T> query) {
    beginQuery();
    T answer = query.get();
    recordAnswer();
    return answer;
  }

  /** Reports that a query of the relay failed. */
  public void recordFailure(Exception cause) {
    down = true;
    answerDue.set(null);
    failure = cause;
  }

  /** Reports that the database refused a connection, or gave none in time: it is down at once. */
  public void recordRefusal() {
    down = true;
  }

  /** Reports that the database answered a load; a query of the relay may still be in progress. */
  void recordLoadAnswer() {
    lastAnswerNanos = clock.getAsLong();
    Deadline due = answerDue.get();
    if (due != null) {
      answerDue.compareAndSet(due, dueFromNow());
    }
    down = false;
  }

  /**
   * Reports that a load got no answer in this time. The database is down if nobody else got an
   * answer meanwhile. The relay may have sent no query, because it waits for Redis.
   */
  void recordLoadTimeout(Duration waited) {
    if (clock.getAsLong() - lastAnswerNanos >= waited.toNanos()) {
      down = true;
    }
  }

  /**
   * Whether the last query of the relay failed or has no answer yet, or a load timed out, and
   * nobody has got an answer since.
   */
  public boolean isDown() {
    Deadline due = answerDue.get();
    return down || (due != null && due.passed());
  }

  /** Returns why the last query of the relay failed; null if it succeeded. */
  public @Nullable Exception failure() {
    return failure;
  }
}
