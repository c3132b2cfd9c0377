package io.voicerouting.cache.redis;

import io.voicerouting.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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

  private final LongSupplier nanoTime;
  private final Runnable onLoss;
  private @Nullable Pass lastPass; // null: revoked, or none yet
  private State.@Nullable Degraded degraded; // Redis answers while the database does not; null: no
  private long revocations;
  private boolean lossTold = true; // since the last pass that found something out
  private volatile @Nullable Long lastGrantNanos; // null: none yet
  private volatile Grant current = new Grant(null, 0, 0, null);

  /**
   * Trusts nothing yet.
   *
   * @param onLoss called when what was read from Redis so far must not be believed any longer
   */
  public Trust(LongSupplier nanoTime, Runnable onLoss) {
    this.nanoTime = nanoTime;
    this.onLoss = onLoss;
  }

  /** A completed pass, and what follows from it; states are asked for with every lookup. */
  private record Pass(RedisConnection session, long startNanos, State state) {
    Pass(RedisConnection session, long startNanos) {
      this(session, startNanos, new State.Trusted(session));
    }
  }

  private record Grant(
      @Nullable Pass pass, long untilNanos, long revocations, State.@Nullable Degraded degraded) {}

  /** What a lookup may do with Redis. */
  public sealed interface State {
    /** Copies are true. */
    record Trusted(RedisConnection session) implements State {}

    /** Redis answers, but the database cannot be asked for evictions: copies may be old. */
    record Degraded(RedisConnection session) implements State {}

    /** Redis must not be asked. */
    record Unavailable() implements State {}
  }

  /** The state at this moment. */
  public State state() {
    return stateAt(nanoTime.getAsLong());
  }

  /** The state at a moment that has just been, on the monotonic clock. */
  public State stateAt(long nowNanos) {
    Grant grant = current;
    Pass pass = grant.pass();
    if (pass != null && pass.session().isOpen() && nowNanos - grant.untilNanos() < 0) {
      return pass.state();
    }
    State.Degraded degradedNow = grant.degraded();
    return degradedNow != null && degradedNow.session().isOpen() ? degradedNow : UNAVAILABLE;
  }

  /**
   * Sends a command on a session while the session is trusted. Trust is checked again after the
   * command was sent: this process may have been paused in between, and the server may have been
   * demoted and filled with older entries meanwhile. Trust that a pass grants during that time does
   * not count, because the command may have reached Redis before the pass's evictions.
   *
   * @return what {@code command} returned
   * @throws CacheUnavailableException if the session was not trusted from before until after that;
   *     the command may have been sent
   */
  public <T> T sendTrusted(RedisConnection session, Supplier<T> command) {
    Grant grant = current;
    requireTrust(grant, session);
    T sent = command.get();
    requireTrust(grant, session);
    return sent;
  }

  private void requireTrust(Grant grant, RedisConnection session) {
    Pass pass = grant.pass();
    if (pass == null
        || !pass.session().equals(session)
        || !session.isOpen()
        || grant.revocations() != current.revocations()
        || nanoTime.getAsLong() - grant.untilNanos() >= 0) {
      throw new CacheUnavailableException("Redis is not trusted any more");
    }
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
      RedisConnection session, long startNanos, long revocationsAtStart) {
    if (revocations == revocationsAtStart) {
      forgetAfterGap();
      lastPass = new Pass(session, startNanos);
      lastGrantNanos = startNanos;
      lossTold = false;
      degraded = null;
      publish();
    }
  }

  /** Redis failed: nothing is believed until the next completed pass. */
  public synchronized void revoke() {
    lose(null);
  }

  /**
   * Redis left a command without a reply: copies are no longer true. While the database cannot be
   * asked they are still better than nothing; whether Redis answers at all, the next pass finds
   * out.
   */
  public synchronized void doubt() {
    lose(degraded);
  }

  private void lose(State.@Nullable Degraded remaining) {
    revocations++;
    boolean first = !lossTold; // a herd times out all at once
    lossTold = true;
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
  public synchronized void databaseFailed(RedisConnection session) {
    forgetAfterGap();
    degraded = new State.Degraded(session);
    lossTold = false;
    publish();
  }

  /** Trust may have run out without anybody's doing, and what was read before is suspect then. */
  private void forgetAfterGap() {
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
    return granted == null ? null : Duration.ofNanos(nanoTime.getAsLong() - granted).toMillis();
  }

  private void publish() {
    Pass pass = lastPass;
    long until = pass == null ? 0 : pass.startNanos() + SPAN.toNanos();
    current = new Grant(pass, until, revocations, degraded);
  }
}
