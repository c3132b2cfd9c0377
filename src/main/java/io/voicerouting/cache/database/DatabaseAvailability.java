package io.voicerouting.cache.database;

import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database is away: as the relay finds, which asks it all the time, and as loads find.
 * Lookups wait less for one that is. Questions are one thread's; all else is thread-safe.
 */
public final class DatabaseAvailability {

  /**
   * A database that leaves one of the relay's questions without an answer for so long is away, or
   * as good as; unless it took longer for the one before, too. Such a one is slow, and is heard
   * out.
   */
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final NanoClock clock;
  private final AtomicReference<@Nullable Deadline> answerDue =
      new AtomicReference<>(); // null: the relay does not ask the database
  private volatile boolean away;
  private volatile @Nullable Exception failure; // null: it answered the relay last
  private volatile long lastAnswerNanos;
  private long askedNanos;
  private volatile boolean slow;

  public DatabaseAvailability(NanoClock clock) {
    this.clock = clock;
    this.lastAnswerNanos = clock.getAsLong();
  }

  /** The relay is about to ask the database. */
  public void asks() {
    askedNanos = clock.getAsLong();
    answerDue.set(dueFromNow());
  }

  private Deadline dueFromNow() {
    return Deadline.after(slow ? RelayDatabase.SILENCE : SILENCE, clock);
  }

  /** The database has answered the relay. */
  public void answered() {
    lastAnswerNanos = clock.getAsLong();
    slow = lastAnswerNanos - askedNanos > SILENCE.toNanos();
    answerDue.set(null);
    failure = null;
    away = false;
  }

  /** The database did not answer the relay. */
  public void failed(Exception cause) {
    away = true;
    answerDue.set(null);
    failure = cause;
  }

  /** The database refused a connection, or gave none in time: no need to wait for silence. */
  public void gaveNoConnection() {
    away = true;
  }

  /** The database has answered a load; a question of the relay's may yet be without an answer. */
  void answeredLoad() {
    lastAnswerNanos = clock.getAsLong();
    Deadline due = answerDue.get();
    if (due != null) {
      answerDue.compareAndSet(due, dueFromNow());
    }
    away = false;
  }

  /**
   * A load has been without an answer for so long: so is everybody, unless somebody had one
   * meanwhile. The relay may be waiting for Redis, and not ask.
   */
  void loadNotAnswered(Duration waited) {
    if (clock.getAsLong() - lastAnswerNanos >= waited.toNanos()) {
      away = true;
    }
  }

  /**
   * Whether the relay could not ask the database last, or hears nothing, or a load ran out of its
   * time, and nobody has had an answer since.
   */
  public boolean isAway() {
    Deadline due = answerDue.get();
    return away || (due != null && due.passed());
  }

  /** Why the relay could not ask it last; null when it could. */
  public @Nullable Exception failure() {
    return failure;
  }
}
