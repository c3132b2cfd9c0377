package io.voicerouting.cache.config;

import com.zaxxer.hikari.HikariDataSource;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.RelayDatabase;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.LossRecorder;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.eviction.OutboxRelay;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.NearTracking;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.PeriodicTask;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The periodic tasks: the outbox relay, and the tracking of the near cache. */
@Configuration(proxyBeanMethods = false)
@Import({DatabaseAvailability.class, RelayObserver.class})
public class RelayConfiguration {

  /** Longest wait at start for the first full pass; without Redis the service starts, too. */
  static final Duration START_TIMEOUT = Duration.ofSeconds(5);

  /** Time between two writes of losses; it bounds their number. */
  private static final Duration LOSS_INTERVAL = Duration.ofSeconds(1);

  /** How much longer than the longest TTL done rows are kept. */
  private static final Duration KEEP_MARGIN = Duration.ofMinutes(5);

  /** Time between two pings of the near cache; much shorter than {@link NearCache#SPAN}. */
  public static final Duration PING_INTERVAL = Duration.ofMillis(250);

  @Bean
  RelayDatabase relayDatabase(HikariDataSource pool, DatabaseAvailability availability) {
    return new RelayDatabase(pool, availability::recordRefusal);
  }

  @Bean
  OutboxRelay relay(
      RelayDatabase database,
      OrganizationEvictions organizations,
      DatabaseAvailability availability,
      RedisNodes nodes,
      Evictor evictor,
      RelayObserver observer,
      CacheProperties properties,
      CacheTtls ttls,
      NanoClock clock) {
    return new OutboxRelay(
        database.dataSource(),
        organizations,
        availability,
        nodes,
        evictor,
        observer,
        keepDone(ttls),
        properties.passInterval(),
        clock);
  }

  @Bean
  @DependsOnDatabaseInitialization
  PeriodicTask relayTask(OutboxRelay relay, CacheProperties properties, NanoClock clock) {
    return new PeriodicTask(
        "routing-cache-relay", properties.passInterval(), relay, relay::end, clock);
  }

  @Bean
  @DependsOnDatabaseInitialization
  PeriodicTask lossRecorderTask(
      EntryEvents events, DataSource dataSource, CacheTtls ttls, NanoClock clock) {
    LossRecorder recorder = new LossRecorder(events, dataSource, keepDone(ttls));
    return new PeriodicTask("routing-cache-losses", LOSS_INTERVAL, recorder, recorder, clock);
  }

  /** How long done rows are kept: a full pass must find every change that an entry may predate. */
  static Duration keepDone(CacheTtls ttls) {
    return ttls.longest().plus(KEEP_MARGIN);
  }

  @Bean
  @Conditional(NearEnabled.class)
  PeriodicTask trackingTask(RedisNodes nodes, List<CachedResource<?>> resources, NanoClock clock) {
    NearTracking tracking = new NearTracking(nodes, resources, PING_INTERVAL, clock);
    return new PeriodicTask("routing-cache-near", PING_INTERVAL, tracking, tracking::end, clock);
  }

  /**
   * Reads the setting as {@link CacheProperties.Near#enabled()} does: "off" and "no" mean false.
   */
  public static final class NearEnabled implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Binder.get(context.getEnvironment())
          .bind("routing.cache.near.enabled", Boolean.class)
          .orElse(true);
    }
  }

  /** Runs before the service is ready, so that the first lookups find Redis trusted. */
  @Bean
  ApplicationRunner firstFullPass(OutboxRelay relay) {
    return arguments -> relay.awaitFirstAttempt(START_TIMEOUT);
  }
}
