package io.voicerouting.cache.redis;

import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether this instance may believe Redis: only for {@link #SPAN} from the start of its last
 * completed pass, by the monotonic clock. There is no other circuit breaker. Thread-safe.
 */
public final class Trust {

  /**
   * How long one pass is good for. Not a setting: a writer whose eviction was not confirmed waits
   * longer than this, so all instances must agree on it.
   */
  public static final Duration SPAN = Duration.ofSeconds(1);

  private static final State UNAVAILABLE = new State.Unavailable();

  private final NanoClock clock;
  private final Runnable onLoss;
  private @Nullable Pass lastPass; // null: revoked, or none yet
  private State.@Nullable Degraded degraded; // Redis answers while the database does not; null: no
  private long revocations;
  private boolean lossReported = true; // since the last pass that found something out
  private volatile @Nullable Long lastGrantNanos; // null: none yet
  private volatile Grant current = new Grant(null, 0, null);

  /**
   * Trusts nothing yet.
   *
   * @param onLoss called when what was read from Redis so far must not be believed any longer
   */
  public Trust(NanoClock clock, Runnable onLoss) {
    this.clock = clock;
    this.onLoss = onLoss;
  }

  /** A completed pass, and what follows from it; states are asked for with every lookup. */
  private record Pass(RedisConnection connection, long startNanos, State state) {
    Pass(RedisConnection connection, long startNanos) {
      this(connection, startNanos, new State.Trusted(connection));
    }
  }

  private record Grant(@Nullable Pass pass, long untilNanos, State.@Nullable Degraded degraded) {}

  /** What a lookup may do with Redis. */
  public sealed interface State {
    /** Copies are true. */
    record Trusted(RedisConnection connection) implements State {}

    /** Redis answers, but the database cannot be asked for evictions: copies may be old. */
    record Degraded(RedisConnection connection) implements State {}

    /** Redis must not be asked. */
    record Unavailable() implements State {}
  }

  /** The state at this moment. */
  public State state() {
    return stateAt(clock.getAsLong());
  }

  /** The state at a moment that has just been, on the monotonic clock. */
  public State stateAt(long nowNanos) {
    Grant grant = current;
    Pass pass = grant.pass();
    if (pass != null && pass.connection().isOpen() && nowNanos - grant.untilNanos() < 0) {
      return pass.state();
    }
    State.Degraded degradedNow = grant.degraded();
    return degradedNow != null && degradedNow.connection().isOpen() ? degradedNow : UNAVAILABLE;
  }

  /** Changes whenever trust is revoked; a pass remembers it from its start. */
  public synchronized long revocations() {
    return revocations;
  }

  /**
   * Believes a session because of a completed pass, unless trust was revoked while it ran.
   *
   * @param startNanos when the pass began
   * @param revocationsAtStart {@link #revocations()} at that moment
   */
  public synchronized void grant(
      RedisConnection connection, long startNanos, long revocationsAtStart) {
    if (revocations == revocationsAtStart) {
      clearAfterGap();
      lastPass = new Pass(connection, startNanos);
      lastGrantNanos = startNanos;
      lossReported = false;
      degraded = null;
      publish();
    }
  }

  /** Redis failed: nothing is believed until the next completed pass. */
  public synchronized void revoke() {
    withdraw(null);
  }

  /**
   * Redis left a command without a reply: copies are no longer true. While the database cannot be
   * asked they are still better than nothing; whether Redis answers at all, the next pass finds
   * out.
   */
  public synchronized void suspect() {
    withdraw(degraded);
  }

  private void withdraw(State.@Nullable Degraded remaining) {
    revocations++;
    boolean first = !lossReported; // a herd times out all at once
    lossReported = true;
    lastPass = null;
    degraded = remaining;
    publish();
    if (first) {
      onLoss.run();
    }
  }

  /**
   * The database could not be asked for evictions, or was slow, though Redis answers: once trust
   * runs out, copies are degraded until the next completed pass, or until Redis fails too. Sending
   * every lookup to such a database would finish it off.
   */
  public synchronized void degrade(RedisConnection connection) {
    clearAfterGap();
    degraded = new State.Degraded(connection);
    lossReported = false;
    publish();
  }

  /** Trust may have run out without anybody's doing, and what was read before is suspect then. */
  private void clearAfterGap() {
    if (state() instanceof State.Unavailable) {
      onLoss.run();
    }
  }

  /**
   * Milliseconds since the start of the last pass that granted anything, whether or not it is still
   * believed; null before the first.
   */
  public @Nullable Long ageMillis() {
    Long granted = lastGrantNanos;
    return granted == null ? null : Duration.ofNanos(clock.getAsLong() - granted).toMillis();
  }

  private void publish() {
    Pass pass = lastPass;
    long until = pass == null ? 0 : pass.startNanos() + SPAN.toNanos();
    current = new Grant(pass, until, degraded);
  }
}
