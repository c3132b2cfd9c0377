package io.voicerouting.cache.lookup;

import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.support.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One filling load and those who share it. Who joins gets a ticket; the outcome says up to which
 * ticket it may be used, since a caller must not be given what was read before it asked.
 */
final class SharedFill<V> {

  private final CompletableFuture<Outcome<V>> outcome = new CompletableFuture<>();
  private final CountDownLatch departed = new CountDownLatch(1);
  private int tickets;
  private boolean closed;

  /** What came of the flight, or what that is to one caller. */
  sealed interface Outcome<V> {

    /**
     * A document that may be used by holders of tickets below the bound.
     *
     * @param ttlMillis remaining life of the copy when it was found in Redis; null when this flight
     *     loaded it
     * @param stored whether this flight stored it
     */
    record Landed<V>(
        LoadResult<V> loaded, @Nullable Long ttlMillis, boolean stored, int ticketBound)
        implements Outcome<V> {}

    /**
     * Nothing was stored.
     *
     * @param next a load that stores nothing; it began after the last ticket was given, so
     *     everybody may use it
     */
    record Refused<V>(CompletableFuture<LoadResult<V>> next) implements Outcome<V> {}

    /** Redis failed on the way; everybody loads without filling. */
    record RedisFailed<V>() implements Outcome<V> {}

    /** It is from before the caller joined, who should look again. */
    record Earlier<V>() implements Outcome<V> {}

    /** The load failed, and fails everybody. */
    record LoadFailed<V>(RuntimeException cause) implements Outcome<V> {}
  }

  /** The caller's ticket, or -1 when nobody may join any more. */
  synchronized int join() {
    return closed ? -1 : tickets++;
  }

  /** The bound of tickets given so far: to be taken before the deciding command is sent. */
  synchronized int ticketBound() {
    return tickets;
  }

  /** Ends joining; the bound of all tickets. */
  synchronized int close() {
    closed = true;
    return tickets;
  }

  /** The leader has the lease: from now on it waits for the database, not for Redis. */
  void depart() {
    departed.countDown();
  }

  /** Waits until the leader waits for Redis no more; whether that was in time. */
  boolean departsWithin(Deadline redis) {
    try {
      return departed.await(redis.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void end(Outcome<V> result) {
    close();
    outcome.complete(result);
    depart();
  }

  CompletableFuture<Outcome<V>> outcome() {
    return outcome;
  }
}
