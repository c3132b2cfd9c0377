package io.voicerouting.cache.config;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.tracing.Tracer;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.RetryingDataSource;
import io.voicerouting.cache.eviction.EvictingTransactionManager;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.lookup.LookupBudget;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import jakarta.persistence.EntityManagerFactory;
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
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Creates the beans of the engine: the read path, the write path, and what they share. */
@Configuration(proxyBeanMethods = false)
@Import({
  CacheAsideEngine.class,
  CacheMeters.class,
  DefaultRoutingCache.class,
  EntryEvents.class,
  Evictor.class,
  PostCommitEvictor.class
})
public class CacheConfiguration {

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
  CacheSpans cacheSpans(ObjectProvider<Tracer> tracer) {
    return new CacheSpans(tracer.getIfAvailable(() -> Tracer.NOOP));
  }

  /** The organization-wide evictions that this instance has read. */
  @Bean
  public static OrganizationEvictions organizationEvictions(
      CacheProperties properties, CacheTtls ttls, NanoClock clock) {
    return new OrganizationEvictions(clock, ttls.longestNegative().plus(properties.leaseTtl()));
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

  /** Starts the budget of a request. */
  @Bean
  Supplier<LookupBudget> lookupBudgets(
      CacheProperties properties, DatabaseAvailability availability, NanoClock clock) {
    return () ->
        new LookupBudget(
            properties.lookupBudget(), properties.loadTimeout(), availability::isDown, clock);
  }

  @Bean
  CacheManager cacheManager(RoutingCache cache) {
    SimpleCacheManager caches = new SimpleCacheManager();
    caches.setCaches(
        cache.resources().stream().map(resource -> new ResourceCache<>(cache, resource)).toList());
    return caches;
  }
}
