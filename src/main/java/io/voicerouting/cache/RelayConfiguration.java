package io.voicerouting.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What runs by itself: the relay, and the tracker of the near cache. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

  /**
   * Longest wait at start for the first full pass; without Redis the service starts all the same.
   */
  private static final Duration START_PATIENCE = Duration.ofSeconds(5);

  /** How much longer than any copy lives done rows are kept. */
  private static final Duration KEEP_MARGIN = Duration.ofMinutes(5);

  /**
   * Between two pings that the near cache's trust hangs on: short beside {@link NearCache#SPAN}.
   */
  static final Duration PING_INTERVAL = Duration.ofMillis(250);

  @Bean
  RelayDatabase relayDatabase(JdbcConnectionDetails details, DatabaseWatch watch) {
    return new RelayDatabase(details, watch::gaveNoConnection);
  }

  @Bean
  DatabaseWatch watchWatch() {
    return new DatabaseWatch(System::nanoTime);
  }

  @Bean
  RelayObserver relayObserver(MeterRegistry registry, Trust trust, DatabaseWatch watch) {
    return new RelayObserver(registry, trust, watch, System::nanoTime);
  }

  @Bean
  Relay relay(
      RelayDatabase database,
      DatabaseWatch watch,
      RedisLink link,
      Evictor evictor,
      Trust trust,
      RelayObserver observer) {
    OutboxReader outbox = new OutboxReader(database.dataSource(), watch, System::nanoTime);
    return new Relay(outbox, watch, link, evictor, trust, observer, System::nanoTime);
  }

  @Bean
  @DependsOnDatabaseInitialization
  PacedThread relayThread(
      Relay relay,
      Trust trust,
      RelayDatabase database,
      CacheProperties properties,
      List<CachedResource<?>> resources) {
    Outbox outbox = new Outbox(database.dataSource());
    return new PacedThread(
        "routing-cache-relay",
        properties.passInterval(),
        new RelayRound(relay, trust, outbox, keepDone(resources), System::nanoTime),
        relay::dropCandidate);
  }

  /** How long done rows are kept: a full pass must find what any copy may have missed. */
  static Duration keepDone(List<CachedResource<?>> resources) {
    return resources.stream()
        .map(CachedResource::ttl)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO)
        .plus(KEEP_MARGIN);
  }

  @Bean
  @Conditional(NearEnabled.class)
  PacedThread nearThread(RedisLink link, NearCache near, List<CachedResource<?>> resources) {
    NearTracker tracker = new NearTracker(link, near, resources, System::nanoTime);
    return new PacedThread("routing-cache-near", PING_INTERVAL, tracker, tracker::end);
  }

  /**
   * Reads the setting as {@link CacheProperties.Near#enabled()} does: "off" and "no" mean false.
   */
  static final class NearEnabled implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Binder.get(context.getEnvironment())
          .bind("routing.cache.near.enabled", Boolean.class)
          .orElse(true);
    }
  }

  /** Readiness turns up after this: the first lookups are to find Redis usable, if it is there. */
  @Bean
  ApplicationRunner firstFullPass(Relay relay) {
    return arguments -> relay.awaitFirstFullPass(START_PATIENCE);
  }
}
