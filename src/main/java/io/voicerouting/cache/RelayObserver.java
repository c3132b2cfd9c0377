package io.voicerouting.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the relay: its meters, its state for people, and its log lines. */
final class RelayObserver {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final Duration QUIET = Duration.ofSeconds(1);

  /**
   * A database that leaves one of the relay's questions without an answer for so long is away, or
   * as good as; unless it took longer for the one before, too. Such a one is slow, and is heard
   * out.
   */
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final Trust trust;
  private final LongSupplier nanoTime;
  private final Counter completed;
  private final Counter late;
  private final Counter failedInRedis;
  private final Counter failedInDatabase;
  private final Counter adoptions;
  private final AtomicReference<@Nullable Deadline> answerDue =
      new AtomicReference<>(); // null: the relay does not ask the database
  private volatile boolean databaseAway;
  private volatile long lastAnswerNanos;
  private long askedNanos;
  private volatile boolean slow;
  private volatile @Nullable Exception databaseFailure; // null: it answered the relay last
  private volatile CacheSummary.Outbox outbox = new CacheSummary.Outbox(0, 0);
  private String logged = "";
  private long loggedNanos;

  RelayObserver(MeterRegistry registry, Trust trust, LongSupplier nanoTime) {
    this.trust = trust;
    this.nanoTime = nanoTime;
    this.loggedNanos = nanoTime.getAsLong() - QUIET.toNanos();
    this.lastAnswerNanos = nanoTime.getAsLong();
    completed = registry.counter("routing.cache.passes", "result", "completed");
    late = registry.counter("routing.cache.passes", "result", "late");
    failedInRedis = registry.counter("routing.cache.passes", "result", "redis_failed");
    failedInDatabase = registry.counter("routing.cache.passes", "result", "database_failed");
    adoptions = registry.counter("routing.cache.redis.connections");
    Gauge.builder("routing.cache.outbox.backlog", () -> outbox.backlog()).register(registry);
    io.micrometer.core.instrument.TimeGauge.builder(
            "routing.cache.outbox.lag", () -> outbox.lagMs(), TimeUnit.MILLISECONDS)
        .register(registry);
    io.micrometer.core.instrument.TimeGauge.builder(
            "routing.cache.trust.age", this::trustAge, TimeUnit.MILLISECONDS)
        .register(registry);
  }

  /** The relay is about to ask the database. */
  void asks() {
    askedNanos = nanoTime.getAsLong();
    answerDue.set(dueFromNow());
  }

  private Deadline dueFromNow() {
    return Deadline.after(slow ? RelayDatabase.SILENCE : SILENCE, nanoTime);
  }

  /** The database did not answer what follows a pass. */
  void notAnswered() {
    databaseAway = true;
  }

  /** The database has answered the relay. */
  void answered() {
    lastAnswerNanos = nanoTime.getAsLong();
    slow = lastAnswerNanos - askedNanos > SILENCE.toNanos();
    answerDue.set(null);
    databaseFailure = null;
    databaseAway = false;
  }

  /** The database has answered a load; a question of the relay's may yet be without an answer. */
  void answeredLoad() {
    lastAnswerNanos = nanoTime.getAsLong();
    Deadline due = answerDue.get();
    if (due != null) {
      answerDue.compareAndSet(due, dueFromNow());
    }
    databaseAway = false;
  }

  /**
   * A load has been without an answer for so long: so is everybody, unless somebody had one
   * meanwhile. The relay may be waiting for Redis, and not ask.
   */
  void loadNotAnswered(Duration waited) {
    if (nanoTime.getAsLong() - lastAnswerNanos >= waited.toNanos()) {
      databaseAway = true;
    }
  }

  void backlog(Outbox.Backlog backlog) {
    outbox = new CacheSummary.Outbox(backlog.rows(), backlog.oldestMillis());
  }

  /** A pass got all its replies; too late to grant anything, perhaps. */
  void passed() {
    boolean trusted = trust.state() instanceof Trust.State.Trusted;
    (trusted ? completed : late).increment();
    say(null);
  }

  void adopted() {
    adoptions.increment();
  }

  void redisFailed(Exception cause) {
    failedInRedis.increment();
    LOG.debug("Voice routing cache: A pass failed in Redis", cause);
    say(cause);
  }

  void databaseFailed(Exception cause) {
    databaseAway = true;
    answerDue.set(null);
    databaseFailure = cause;
    failedInDatabase.increment();
    LOG.debug("Voice routing cache: A pass failed in the database", cause);
    say(cause);
  }

  /**
   * Whether the relay could not ask the database last, or hears nothing, or a load ran out of its
   * time, and nobody has had an answer since.
   */
  boolean databaseAway() {
    Deadline due = answerDue.get();
    return databaseAway || (due != null && due.passed());
  }

  CacheSummary.Outbox outbox() {
    return outbox;
  }

  CacheSummary.Redis redis() {
    return new CacheSummary.Redis(state(), trust.ageMillis());
  }

  private String state() {
    return switch (trust.state()) {
      case Trust.State.Trusted trusted -> "trusted";
      case Trust.State.Degraded degraded -> "degraded";
      case Trust.State.Unavailable unavailable -> "unavailable";
    };
  }

  private double trustAge() {
    Long age = trust.ageMillis();
    return age == null ? Double.NaN : age;
  }

  /** Logs a change of state, never more often than once a second. */
  private void say(@Nullable Exception cause) {
    long now = nanoTime.getAsLong();
    String state = state();
    if (state.equals(logged) || now - loggedNanos < QUIET.toNanos()) {
      return;
    }
    logged = state;
    loggedNanos = now;
    switch (state) {
      case "unavailable" -> CacheLog.unavailable(cause);
      case "degraded" -> CacheLog.degraded(databaseFailure);
      default -> CacheLog.available();
    }
  }
}
