package io.voicerouting.cache.config;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.DatabaseLoader;
import io.voicerouting.cache.database.RetryingDataSource;
import io.voicerouting.cache.eviction.EvictingTransactionManager;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.lookup.DocumentStore;
import io.voicerouting.cache.lookup.FillCoordinator;
import io.voicerouting.cache.lookup.LookupBudget;
import io.voicerouting.cache.lookup.RedisReader;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.near.NearMeters;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheMeters;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the engine together: who looks up, who writes, and what they share. */
@Configuration(proxyBeanMethods = false)
public class CacheConfiguration {

  /** Lookups that Redis cannot answer need connections as soon as there can be any. */
  @Bean
  static BeanPostProcessor persistentPool() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          RetryingDataSource.installIn(pool, () -> {}); // the relay finds out anyway
        }
        return bean;
      }
    };
  }

  @Bean
  CacheTtls cacheTtls(
      Environment environment, TtlProperties properties, List<CachedResource<?>> resources) {
    return new TtlSettings(environment, properties, resources).resolve();
  }

  @Bean
  CacheMeters cacheMeters(MeterRegistry registry, List<CachedResource<?>> resources) {
    return new CacheMeters(registry, resources);
  }

  @Bean
  NearCache nearCache(CacheProperties properties, MeterRegistry registry) {
    CacheProperties.Near settings = properties.near();
    NearCache near = new NearCache(System::nanoTime, settings.ttl(), settings.maxSize().toBytes());
    NearMeters.register(registry, near);
    return near;
  }

  @Bean
  Trust trust(NearCache near) {
    return new Trust(System::nanoTime, near::clear);
  }

  @Bean
  OrganizationEvictions organizationEvictions(
      CacheProperties properties, CacheTtls ttls) {
    return organizationEvictions(
        properties, ttls, RelayConfiguration.keepDone(ttls), System::nanoTime);
  }

  /**
   * The organization-wide evictions that an instance knows: none yet.
   *
   * @param keepDone how long done rows of the outbox are kept
   */
  public static OrganizationEvictions organizationEvictions(
      CacheProperties properties, CacheTtls ttls, Duration keepDone, LongSupplier nanoTime) {
    Duration negativeEntry = ttls.longestNegative().plus(properties.leaseTtl());
    return new OrganizationEvictions(
        nanoTime, new OrganizationEvictions.Lives(negativeEntry, keepDone, Trust.SPAN));
  }

  @Bean
  Evictor evictor(
      CacheMeters meters,
      NearCache near,
      OrganizationEvictions organizations,
      List<CachedResource<?>> resources) {
    return new Evictor(meters, near, organizations, resources);
  }

  @Bean
  PostCommitEvictor postCommitEvictor(
      ConnectionHolder link, Evictor evictor, Trust trust, DataSource dataSource) {
    // Wrapped, the data source is not known as one with a connection bound to the transaction.
    DataSource outside = new DelegatingDataSource(dataSource);
    return new PostCommitEvictor(link, evictor, trust, outside);
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
      Trust trust,
      NearCache near,
      OrganizationEvictions organizations,
      CacheMeters meters,
      DatabaseAvailability watch) {
    Supplier<LookupBudget> times =
        () -> new LookupBudget(properties.lookupBudget(), properties.loadTimeout(), watch::isAway);
    return engine(
        properties,
        ttls,
        resources,
        trust,
        near,
        organizations,
        meters,
        watch,
        times,
        System::nanoTime);
  }

  /**
   * The engine, put together.
   *
   * @param times starts the time of a lookup
   * @param nanoTime the monotonic clock of trust and near cache
   */
  public static CacheAsideEngine engine(
      CacheProperties properties,
      CacheTtls ttls,
      List<CachedResource<?>> resources,
      Trust trust,
      NearCache near,
      OrganizationEvictions organizations,
      CacheMeters meters,
      DatabaseAvailability watch,
      Supplier<LookupBudget> times,
      LongSupplier nanoTime) {
    CacheProperties.Near settings = properties.near();
    long remembered = settings.enabled() ? 0 : settings.maxSize().toBytes();
    DocumentStore copies = new DocumentStore(meters, organizations, resources, remembered);
    DatabaseLoader loader =
        new DatabaseLoader(
            meters,
            new VirtualThreadTaskExecutor("routing-cache-load-"),
            properties.maxConcurrentLoads(),
            properties.lookupBudget(),
            properties.loadTimeout(),
            watch);
    CoalescedLoads loads = new CoalescedLoads(loader);
    return new CacheAsideEngine(
        trust,
        near,
        new RedisReader(copies, near, meters),
        new FillCoordinator(loads, copies, meters, properties, ttls),
        loads,
        meters,
        times,
        nanoTime);
  }

  @Bean
  RoutingCache routingCache(
      PlatformTransactionManager transactionManager,
      List<CachedResource<?>> resources,
      CacheAsideEngine engine,
      Trust trust,
      ConnectionHolder link,
      Evictor evictor,
      PostCommitEvictor evictions,
      CacheMeters meters,
      RelayObserver relayObserver,
      NearCache near,
      CacheProperties properties) {
    return new DefaultRoutingCache(
        resources,
        engine,
        new CacheWarmer(engine, trust, resources, transactionManager),
        link,
        evictor,
        evictions,
        meters,
        relayObserver,
        near,
        properties.near().enabled());
  }

  @Bean
  CacheManager cacheManager(RoutingCache cache) {
    return new RoutingCacheManager(cache);
  }
}
