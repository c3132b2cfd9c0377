package io.voicerouting.cache.redis;

import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this instance trusts Redis: for {@link #SPAN} from the start of its last completed relay
 * pass, by the monotonic clock. There is no other circuit breaker. Thread-safe.
 */
public final class Trust {

  /**
   * How long one relay pass keeps Redis trusted. Not a setting: a writer whose eviction was not
   * confirmed waits longer than this, so it must be the same in all instances.
   */
  public static final Duration SPAN = Duration.ofSeconds(1);

  private static final State UNAVAILABLE = new State.Unavailable();

  private final NanoClock clock;
  private final Runnable onLoss;
  private @Nullable Pass lastPass; // null: revoked, or none yet
  private State.@Nullable Degraded degraded; // Redis answers while the database does not; null: no
  private long revocations;
  private boolean lossReported = true; // since the last grant or degradation
  private volatile @Nullable Long lastGrantNanos; // null: none yet
  private volatile Grant current = new Grant(null, 0, 0, null);

  /**
   * Creates a state in which Redis is not trusted.
   *
   * @param onLoss called when values that were read from Redis before are no longer trusted
   */
  public Trust(NanoClock clock, Runnable onLoss) {
    this.clock = clock;
    this.onLoss = onLoss;
  }

  /** A completed pass and the state that it grants, created once because every lookup reads it. */
  private record Pass(RedisConnection connection, long startNanos, Slots slots, State state) {
    Pass(RedisConnection connection, long startNanos, Slots slots) {
      this(connection, startNanos, slots, new State.Trusted(connection));
    }
  }

  private record Grant(
      @Nullable Pass pass, long untilNanos, long revocations, State.@Nullable Degraded degraded) {}

  /** What a lookup may do with Redis. */
  public sealed interface State {
    /** Cache entries are current. */
    record Trusted(RedisConnection connection) implements State {}

    /** Redis answers, but the database is down, so evictions are unknown: entries may be stale. */
    record Degraded(RedisConnection connection) implements State {}

    /** Redis is not used. */
    record Unavailable() implements State {}
  }

  /** Returns the current state, whatever the slots. */
  public State state() {
    Grant grant = current;
    Pass pass = grant.pass();
    return pass != null && isValid(grant, pass, clock.getAsLong())
        ? pass.state()
        : stateWithoutPass(grant);
  }

  /**
   * Returns the state for the keys of a slot.
   *
   * @param nowNanos a moment in the recent past, on the monotonic clock
   */
  public State stateAt(long nowNanos, int slot) {
    Grant grant = current;
    Pass pass = grant.pass();
    return pass != null && isValid(grant, pass, nowNanos) && pass.slots().contains(slot)
        ? pass.state()
        : stateWithoutPass(grant);
  }

  private static boolean isValid(Grant grant, Pass pass, long nowNanos) {
    return pass.connection().isOpen() && nowNanos - grant.untilNanos() < 0;
  }

  private static State stateWithoutPass(Grant grant) {
    State.Degraded degradedNow = grant.degraded();
    return degradedNow != null && degradedNow.connection().isOpen() ? degradedNow : UNAVAILABLE;
  }

  /**
   * Sends a command on a connection while the connection is trusted. Trust is checked again after
   * the command was sent: this process may have been paused in between, and the server may have
   * been demoted and filled with older entries meanwhile. Trust that a pass grants during that time
   * does not count, because the command may have reached Redis before the pass's evictions.
   *
   * @param slots of the command's keys
   * @return what {@code command} returned
   * @throws CacheUnavailableException if the connection was not trusted before the command and
   *     without interruption until after it; the command may have been sent
   */
  public <T> T sendTrusted(RedisConnection connection, Supplier<T> command, int... slots) {
    Grant grant = current;
    requireTrust(grant, connection, slots);
    T sent = command.get();
    requireTrust(grant, connection, slots);
    return sent;
  }

  private void requireTrust(Grant grant, RedisConnection connection, int... slots) {
    Pass pass = grant.pass();
    if (pass == null
        || !pass.connection().equals(connection)
        || !Arrays.stream(slots).allMatch(pass.slots()::contains)
        || !connection.isOpen()
        || grant.revocations() != current.revocations()
        || clock.getAsLong() - grant.untilNanos() >= 0) {
      throw new CacheUnavailableException("Redis is not trusted any more");
    }
  }

  /** Returns how often trust was revoked; a pass compares it with the value at its start. */
  public synchronized long revocations() {
    return revocations;
  }

  /**
   * Trusts a connection after a completed pass, unless trust was revoked during the pass.
   *
   * @param startNanos when the pass began
   * @param revocationsAtStart {@link #revocations()} at that moment
   * @param slots whose keys are trusted; what was read of others is no longer trusted
   */
  public synchronized void grant(
      RedisConnection connection, long startNanos, long revocationsAtStart, Slots slots) {
    if (revocations == revocationsAtStart) {
      clearAfterGap();
      Pass before = lastPass;
      lastPass = new Pass(connection, startNanos, slots);
      lastGrantNanos = startNanos;
      lossReported = false;
      degraded = null;
      publish();
      if (before != null && !slots.containsAll(before.slots())) {
        onLoss.run();
      }
    }
  }

  /** Revokes trust until the next completed pass, because Redis failed. */
  public synchronized void revoke() {
    withdraw(null);
  }

  /**
   * Revokes trust because a command got no reply in time. A degraded state remains: while the
   * database is down, a stale entry is better than none. The next pass checks whether Redis
   * answers.
   */
  public synchronized void suspect() {
    withdraw(degraded);
  }

  private void withdraw(State.@Nullable Degraded remaining) {
    revocations++;
    boolean first = !lossReported; // many lookups may time out at once
    lossReported = true;
    lastPass = null;
    degraded = remaining;
    publish();
    if (first) {
      onLoss.run();
    }
  }

  /**
   * Reports that Redis answers, but the database is down or slow. Once trust has run out, entries
   * are degraded until the next completed pass, or until Redis fails too. All lookups together
   * would overload a slow database.
   */
  public synchronized void degrade(RedisConnection connection) {
    clearAfterGap();
    degraded = new State.Degraded(connection);
    lossReported = false;
    publish();
  }

  /** Trust may have run out by time alone; values that were read before are not trusted then. */
  private void clearAfterGap() {
    if (state() instanceof State.Unavailable) {
      onLoss.run();
    }
  }

  /**
   * Returns the milliseconds since the start of the last pass that granted trust, even if that
   * trust has run out; null before the first.
   */
  public @Nullable Long ageMillis() {
    Long granted = lastGrantNanos;
    return granted == null ? null : Duration.ofNanos(clock.getAsLong() - granted).toMillis();
  }

  private void publish() {
    Pass pass = lastPass;
    long until = pass == null ? 0 : pass.startNanos() + SPAN.toNanos();
    current = new Grant(pass, until, revocations, degraded);
  }
}
