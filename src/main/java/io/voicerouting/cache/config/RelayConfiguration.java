package io.voicerouting.cache.config;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.RelayDatabase;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.OutboxHousekeeping;
import io.voicerouting.cache.eviction.OutboxReader;
import io.voicerouting.cache.eviction.OutboxRelay;
import io.voicerouting.cache.eviction.ReignRegistry;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.eviction.SessionOpener;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.near.TrackingSupervisor;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.PacedThread;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What runs by itself: the relay, and the tracker of the near cache. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {

  /**
   * Longest wait at start for the first full pass; without Redis the service starts all the same.
   */
  private static final Duration START_PATIENCE = Duration.ofSeconds(5);

  /** How much longer than the longest TTL done rows are kept. */
  private static final Duration KEEP_MARGIN = Duration.ofMinutes(5);

  /**
   * Between two pings that the near cache's trust hangs on: short beside {@link NearCache#SPAN}.
   */
  public static final Duration PING_INTERVAL = Duration.ofMillis(250);

  @Bean
  RelayDatabase relayDatabase(HikariDataSource pool, DatabaseAvailability watch) {
    return new RelayDatabase(pool, watch::gaveNoConnection);
  }

  @Bean
  DatabaseAvailability watchWatch() {
    return new DatabaseAvailability(System::nanoTime);
  }

  @Bean
  RelayObserver relayObserver(MeterRegistry registry, Trust trust, DatabaseAvailability watch) {
    return new RelayObserver(registry, trust, watch, System::nanoTime);
  }

  @Bean
  OutboxReader outboxReader(RelayDatabase database, DatabaseAvailability watch) {
    return new OutboxReader(database.dataSource(), watch, System::nanoTime);
  }

  @Bean
  OutboxHousekeeping outboxHousekeeping(
      RelayDatabase database,
      OrganizationEvictions organizations,
      DatabaseAvailability watch,
      ConnectionHolder link,
      Trust trust,
      CacheTtls ttls) {
    return new OutboxHousekeeping(
        new Outbox(database.dataSource()),
        new ReignRegistry(database.dataSource()),
        organizations,
        watch,
        link,
        trust,
        keepDone(ttls),
        System::nanoTime);
  }

  @Bean
  SessionOpener sessionOpener(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      OrganizationEvictions organizations,
      DatabaseAvailability watch,
      ConnectionHolder link,
      Evictor evictor,
      RelayObserver observer) {
    return new SessionOpener(outbox, housekeeping, organizations, watch, link, evictor, observer);
  }

  @Bean
  OutboxRelay relay(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      SessionOpener opener,
      OrganizationEvictions organizations,
      DatabaseAvailability watch,
      ConnectionHolder link,
      Evictor evictor,
      Trust trust,
      RelayObserver observer) {
    return new OutboxRelay(
        outbox,
        housekeeping,
        opener,
        organizations,
        watch,
        link,
        evictor,
        trust,
        observer,
        System::nanoTime);
  }

  @Bean
  @DependsOnDatabaseInitialization
  PacedThread relayThread(OutboxRelay relay, SessionOpener opener, CacheProperties properties) {
    return new PacedThread(
        "routing-cache-relay", properties.passInterval(), relay, opener::dropCandidate);
  }

  /** How long done rows are kept: a full pass must find every change that an entry may predate. */
  static Duration keepDone(CacheTtls ttls) {
    return ttls.longest().plus(KEEP_MARGIN);
  }

  @Bean
  @Conditional(NearEnabled.class)
  PacedThread nearThread(ConnectionHolder link, NearCache near, List<CachedResource<?>> resources) {
    TrackingSupervisor tracker = new TrackingSupervisor(link, near, resources, System::nanoTime);
    return new PacedThread("routing-cache-near", PING_INTERVAL, tracker, tracker::end);
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

  /** Readiness turns up after this: the first lookups are to find Redis usable, if it is there. */
  @Bean
  ApplicationRunner firstFullPass(SessionOpener opener) {
    return arguments -> opener.awaitFirstAttempt(START_PATIENCE);
  }
}
