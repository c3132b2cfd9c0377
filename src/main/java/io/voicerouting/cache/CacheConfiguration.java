package io.voicerouting.cache;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the engine together. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

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

  private static final int QUEUED_COMMANDS = 50_000;

  /** {@code REDIS_PASSWORD=null} means none, as an empty one does. */
  @Bean
  static BeanPostProcessor noPassword() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataRedisProperties redis && "null".equals(redis.getPassword())) {
          redis.setPassword(null);
        }
        return bean;
      }
    };
  }

  /** Lookups that Redis cannot answer need connections as soon as there can be any. */
  @Bean
  static BeanPostProcessor persistentPool() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          PersistentDataSource.installIn(pool);
        }
        return bean;
      }
    };
  }

  /**
   * A connection that broke is given up: one that reconnected by itself would skip the full pass,
   * and one that sent commands again would write what an eviction has already removed.
   */
  @Bean
  LettuceClientOptionsBuilderCustomizer noReconnect() {
    return options ->
        options
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUED_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP3)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .timeoutOptions(TimeoutOptions.create()); // the engine bounds its own waits
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
  RedisLink redisLink(LettuceConnectionFactory factory, CacheProperties properties, Trust trust) {
    return new RedisLink(
        () -> (RedisClient) factory.getRequiredNativeClient(), properties.commandTimeout(), trust);
  }

  @Bean
  Evictor evictor(CacheMeters meters, NearCache near, List<CachedResource<?>> resources) {
    return new Evictor(meters, near, resources);
  }

  @Bean
  RelayDatabase relayDatabase(JdbcConnectionDetails details) {
    return new RelayDatabase(details);
  }

  @Bean
  RelayObserver relayObserver(MeterRegistry registry, Trust trust) {
    return new RelayObserver(registry, trust, System::nanoTime);
  }

  @Bean
  Relay relay(
      RelayDatabase database,
      RedisLink link,
      Evictor evictor,
      Trust trust,
      RelayObserver observer) {
    return new Relay(database.dataSource(), link, evictor, trust, observer, System::nanoTime);
  }

  @Bean
  @DependsOnDatabaseInitialization
  PacedThread relayThread(
      Relay relay,
      RelayDatabase database,
      CacheProperties properties,
      List<CachedResource<?>> resources) {
    Duration longest =
        resources.stream().map(CachedResource::ttl).max(Duration::compareTo).orElse(Duration.ZERO);
    Outbox outbox = new Outbox(database.dataSource());
    return new PacedThread(
        "routing-cache-relay",
        properties.passInterval(),
        new RelayRound(relay, outbox, longest.plus(KEEP_MARGIN)),
        relay::dropCandidate);
  }

  @Bean
  @ConditionalOnProperty(name = "routing.cache.near.enabled", matchIfMissing = true)
  PacedThread nearThread(RedisLink link, NearCache near, List<CachedResource<?>> resources) {
    NearTracker tracker = new NearTracker(link, near, resources, System::nanoTime);
    return new PacedThread("routing-cache-near", PING_INTERVAL, tracker, tracker::end);
  }

  /** Readiness turns up after this: the first lookups are to find Redis usable, if it is there. */
  @Bean
  ApplicationRunner firstFullPass(Relay relay) {
    return arguments -> relay.awaitFirstFullPass(START_PATIENCE);
  }

  @Bean
  PlatformTransactionManager transactionManager(
      EntityManagerFactory entityManagers,
      DataSource dataSource,
      RedisLink link,
      Evictor evictor,
      ObjectProvider<TransactionManagerCustomizers> customizers) {
    JpaTransactionManager jpa = new JpaTransactionManager(entityManagers);
    customizers.ifAvailable(all -> all.customize(jpa));
    jpa.afterPropertiesSet();
    // Wrapped, the data source is not known as one with a connection bound to the transaction.
    Outbox outside = new Outbox(new DelegatingDataSource(dataSource));
    return new EvictingTransactionManager(
        jpa, entityManagers, new Outbox(dataSource), new WriterEvictions(link, evictor, outside));
  }

  @Bean
  RoutingCache routingCache(
      PlatformTransactionManager transactionManager,
      DataSource dataSource,
      List<CachedResource<?>> resources,
      Trust trust,
      RedisLink link,
      Evictor evictor,
      CacheMeters meters,
      RelayObserver relayObserver,
      NearCache near,
      CacheProperties properties) {
    CacheProperties.Near settings = properties.near();
    long remembered = settings.enabled() ? 0 : settings.maxSize().toBytes();
    Copies copies = new Copies(meters, resources, remembered);
    DatabaseLoader loader =
        new DatabaseLoader(
            transactionManager,
            new JdbcTemplate(dataSource),
            meters,
            new VirtualThreadTaskExecutor("routing-cache-load-"),
            properties.maxConcurrentLoads(),
            properties.lookupBudget(),
            properties.loadTimeout(),
            relayObserver::answered);
    GroupedLoads groupedLoads = new GroupedLoads(loader);
    CacheAsideEngine engine =
        new CacheAsideEngine(
            trust,
            near,
            copies,
            new FillingLoads(groupedLoads, copies, meters, properties),
            groupedLoads,
            meters,
            () ->
                new LookupTime(
                    properties.lookupBudget(),
                    properties.loadTimeout(),
                    relayObserver::databaseAway));
    return new DefaultRoutingCache(
        resources,
        engine,
        new CacheWarmer(engine, trust, resources, transactionManager),
        new CacheInspector(link),
        link,
        evictor,
        meters,
        relayObserver,
        near,
        properties.near().enabled());
  }

  @Bean
  CacheManager cacheManager(RoutingCache cache) {
    return new RoutingCacheManager(cache);
  }

  /** Takes the place of Boot's indicator of that name, which would open a connection each time. */
  @Bean
  HealthIndicator redisHealthIndicator(RelayObserver relay) {
    return new RedisHealth(relay);
  }
}
