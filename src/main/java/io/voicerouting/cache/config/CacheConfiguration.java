package io.voicerouting.cache.config;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.DatabaseLoader;
import io.voicerouting.cache.database.RetryingDataSource;
import io.voicerouting.cache.eviction.BulkEvictor;
import io.voicerouting.cache.eviction.EvictingTransactionManager;
import io.voicerouting.cache.eviction.EvictionHistory;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.lookup.DocumentStore;
import io.voicerouting.cache.lookup.FillCoordinator;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.lookup.LookupBudget;
import io.voicerouting.cache.lookup.RecentLookups;
import io.voicerouting.cache.lookup.RedisReader;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.warm.WarmObserver;
import io.voicerouting.common.CurrentClient;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Creates the beans of the engine: the read path, the write path, and what they share. */
@Configuration(proxyBeanMethods = false)
public class CacheConfiguration {

  /** About ten megabytes, in place of the near cache's memory. */
  private static final long RECENT_LOOKUPS = 10_000;

  /** Reconnects to the database as soon as it is back. */
  @Bean
  static BeanPostProcessor retryingPool() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          RetryingDataSource.installIn(pool, () -> {}); // the relay notices by itself
        }
        return bean;
      }
    };
  }

  /** The one monotonic clock of the engine. */
  @Bean
  static NanoClock nanoClock() {
    return NanoClock.system();
  }

  @Bean
  CacheTtls cacheTtls(
      Environment environment, TtlProperties properties, List<CachedResource<?>> resources) {
    return new TtlSettings(environment, properties, resources).resolve();
  }

  @Bean
  EntryEvents entryEvents(InstantSource time) {
    return new EntryEvents(time);
  }

  @Bean
  CacheMeters cacheMeters(
      MeterRegistry registry,
      List<CachedResource<?>> resources,
      EntryEvents events,
      ObjectProvider<Tracer> tracer,
      NanoClock clock) {
    return new CacheMeters(
        registry,
        resources,
        events,
        new CacheSpans(tracer.getIfAvailable(() -> Tracer.NOOP)),
        clock);
  }

  /** The organization-wide evictions that an instance knows: none yet. */
  @Bean
  public static OrganizationEvictions organizationEvictions(
      CacheProperties properties, CacheTtls ttls, NanoClock clock) {
    Duration negativeEntry = ttls.longestNegative().plus(properties.leaseTtl());
    return new OrganizationEvictions(
        clock, new OrganizationEvictions.Lifetimes(negativeEntry, Trust.SPAN));
  }

  @Bean
  Evictor evictor(
      CacheMeters meters,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      List<CachedResource<?>> resources) {
    return new Evictor(meters, nodes, organizations, resources);
  }

  @Bean
  PostCommitEvictor postCommitEvictor(
      RedisNodes nodes,
      Evictor evictor,
      DataSource dataSource,
      CacheMeters meters,
      NanoClock clock) {
    // The wrapper hides the connection that is bound to the transaction.
    DataSource outside = new DelegatingDataSource(dataSource);
    return new PostCommitEvictor(nodes, evictor, outside, meters, clock);
  }

  @Bean
  PlatformTransactionManager transactionManager(
      EntityManagerFactory entityManagers,
      DataSource dataSource,
      PostCommitEvictor evictions,
      ObjectProvider<TransactionManagerCustomizers> customizers) {
    JpaTransactionManager jpa = new JpaTransactionManager(entityManagers);
    customizers.ifAvailable(all -> all.customize(jpa));
    jpa.afterPropertiesSet();
    return new EvictingTransactionManager(jpa, entityManagers, new Outbox(dataSource), evictions);
  }

  @Bean
  CacheAsideEngine cacheAsideEngine(
      CacheProperties properties,
      CacheTtls ttls,
      List<CachedResource<?>> resources,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      CacheMeters meters,
      KeyDemand demand,
      DatabaseAvailability availability,
      InstantSource timeOfDay,
      NanoClock clock) {
    Supplier<LookupBudget> budgets =
        () ->
            new LookupBudget(
                properties.lookupBudget(), properties.loadTimeout(), availability::isDown, clock);
    return engine(
        properties,
        ttls,
        resources,
        nodes,
        organizations,
        meters,
        demand,
        availability,
        budgets,
        timeOfDay,
        clock,
        clock);
  }

  /**
   * Creates the engine.
   *
   * @param demand counts lookups
   * @param budgets starts the budget of a request
   * @param timeOfDay compared with the time of a document's last change
   * @param trustClock the clock of trust and near cache; tests may stop it
   * @param clock the clock of all other times
   */
  public static CacheAsideEngine engine(
      CacheProperties properties,
      CacheTtls ttls,
      List<CachedResource<?>> resources,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      CacheMeters meters,
      KeyDemand demand,
      DatabaseAvailability availability,
      Supplier<LookupBudget> budgets,
      InstantSource timeOfDay,
      NanoClock trustClock,
      NanoClock clock) {
    CacheProperties.Near settings = properties.near();
    long decodedBytes = settings.enabled() ? 0 : settings.maxSize().toBytes();
    DocumentStore documents =
        new DocumentStore(meters, organizations, resources, decodedBytes, clock);
    DatabaseLoader loader =
        new DatabaseLoader(
            meters,
            new VirtualThreadTaskExecutor("routing-cache-load-"),
            properties.maxConcurrentLoads(),
            properties.lookupBudget(),
            properties.loadTimeout(),
            availability,
            clock);
    CoalescedLoads loads = new CoalescedLoads(loader);
    return new CacheAsideEngine(
        nodes,
        new RedisReader(documents),
        new FillCoordinator(loads, documents, meters, properties, ttls, timeOfDay, clock),
        loads,
        meters,
        demand,
        budgets,
        new RecentLookups(settings.enabled() ? 0 : RECENT_LOOKUPS),
        trustClock);
  }

  @Bean
  RoutingCache routingCache(
      PlatformTransactionManager transactionManager,
      List<CachedResource<?>> resources,
      CacheAsideEngine engine,
      RedisNodes nodes,
      PostCommitEvictor evictions,
      DataSource dataSource,
      CacheMeters meters,
      RelayObserver relayObserver,
      CurrentClient client,
      WarmObserver warmObserver,
      CacheProperties properties,
      NanoClock clock) {
    return new DefaultRoutingCache(
        resources,
        engine,
        new CacheWarmer(engine, nodes, resources, meters.refusals(), transactionManager),
        nodes,
        evictions,
        new EvictionHistory(dataSource, meters.events(), resources),
        client,
        new BulkEvictor(resources, new DelegatingDataSource(dataSource), evictions),
        meters,
        relayObserver,
        warmObserver,
        properties.near().enabled(),
        clock);
  }

  @Bean
  CacheManager cacheManager(RoutingCache cache) {
    SimpleCacheManager caches = new SimpleCacheManager();
    caches.setCaches(
        cache.resources().stream().map(resource -> new ResourceCache<>(cache, resource)).toList());
    return caches;
  }
}
