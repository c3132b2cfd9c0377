package io.voicerouting.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
   * as good as.
   */
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final Trust trust;
  private final LongSupplier nanoTime;
  private final Counter completed;
  private final Counter failedInRedis;
  private final Counter failedInDatabase;
  private final Counter adoptions;
  private volatile boolean databaseAway;
  private volatile @Nullable Deadline answerDue; // null: the database is not being asked
  private volatile CacheSummary.Outbox outbox = new CacheSummary.Outbox(0, 0);
  private String logged = "";
  private long loggedNanos;

  RelayObserver(MeterRegistry registry, Trust trust, LongSupplier nanoTime) {
    this.trust = trust;
    this.nanoTime = nanoTime;
    this.loggedNanos = nanoTime.getAsLong() - QUIET.toNanos();
    completed = registry.counter("routing.cache.passes", "result", "completed");
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
    answerDue = Deadline.after(SILENCE, nanoTime);
  }

  /** The database did not answer what follows a pass. */
  void notAnswered() {
    databaseAway = true;
  }

  /** The database has answered, whoever asked. */
  void answered() {
    answerDue = null;
    databaseAway = false;
  }

  void backlog(Outbox.Open open) {
    outbox = new CacheSummary.Outbox(open.rows().size(), open.oldestMillis());
  }

  void passed() {
    completed.increment();
    say("trusted");
  }

  void adopted() {
    adoptions.increment();
  }

  void redisFailed(Exception cause) {
    failedInRedis.increment();
    LOG.debug("Voice routing cache: A pass failed in Redis", cause);
    sayWhatIsLeft();
  }

  void databaseFailed(Exception cause) {
    databaseAway = true;
    answerDue = null;
    failedInDatabase.increment();
    LOG.debug("Voice routing cache: A pass failed in the database", cause);
    sayWhatIsLeft();
  }

  private void sayWhatIsLeft() {
    say(trust.state() instanceof Trust.State.Unavailable ? "unavailable" : "degraded");
  }

  /** Whether the relay could not ask the database last, or hears nothing, and nobody else does. */
  boolean databaseAway() {
    Deadline due = answerDue;
    return databaseAway || (due != null && due.passed());
  }

  CacheSummary.Outbox outbox() {
    return outbox;
  }

  CacheSummary.Redis redis() {
    String state =
        switch (trust.state()) {
          case Trust.State.Trusted trusted -> "trusted";
          case Trust.State.Degraded degraded -> "degraded";
          case Trust.State.Unavailable unavailable -> "unavailable";
        };
    return new CacheSummary.Redis(state, trust.ageMillis());
  }

  private double trustAge() {
    Long age = trust.ageMillis();
    return age == null ? Double.NaN : age;
  }

  /** Logs a change of state, never more often than once a second. */
  private void say(String state) {
    long now = nanoTime.getAsLong();
    if (state.equals(logged) || now - loggedNanos < QUIET.toNanos()) {
      return;
    }
    logged = state;
    loggedNanos = now;
    switch (state) {
      case "unavailable" -> CacheLog.unavailable();
      case "degraded" -> CacheLog.degraded();
      default -> CacheLog.available();
    }
  }
}
