package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.voicerouting.VoiceRoutingApplication;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The service within this process, on servers of its own, with the sample data in Redis. */
final class LookupService implements AutoCloseable {

  private final PostgresInstance postgres = BackingServers.startPostgres();
  private final RedisInstance redis = BackingServers.startRedis();
  private final LookupKeys keys = new LookupKeys();
  private final ConfigurableApplicationContext context;
  private final RoutingCacheService cache;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  LookupService(boolean near) {
    SampleData.STANDARD.load(postgres);
    context =
        new SpringApplicationBuilder(VoiceRoutingApplication.class)
            .run(
                "--server.port=0",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.datasource.password=" + postgres.password(),
                "--spring.data.redis.host=" + redis.host(),
                "--spring.data.redis.port=" + redis.port(),
                "--routing.security.platform-token=" + ServiceProcess.PLATFORM_TOKEN,
                "--routing.security.admin-token=" + ServiceProcess.ADMIN_TOKEN,
                "--routing.security.ops-token=" + ServiceProcess.OPS_TOKEN,
                "--routing.cache.near.enabled=" + near,
                "--routing.cache.near.ttl=" + LookupKeys.NEAR_TTL.toSeconds() + "s");
    cache = context.getBean(RoutingCacheService.class);
    LettuceConnectionFactory factory = context.getBean(LettuceConnectionFactory.class);
    connection = ((RedisClient) factory.getRequiredNativeClient()).connect(ByteArrayCodec.INSTANCE);
    for (int turn = 0; turn < 2; turn++) { // loaded at first, put into the near cache then
      keys.all().forEach(this::extension);
      keys.all().forEach(key -> schedule(key.organizationId()));
    }
  }

  Lookup<ExtensionView> extension() {
    return extension(keys.known());
  }

  Lookup<ExtensionView> extension(CacheKey key) {
    return cache.getExtension(key.organizationId(), Objects.requireNonNull(key.identifier()));
  }

  Lookup<ActiveSchedule> schedule() {
    return schedule(keys.known().organizationId());
  }

  Lookup<ActiveSchedule> schedule(long organizationId) {
    return cache.getActiveBusinessHoursSchedule(organizationId);
  }

  /** Runs a lookup and counts its SQL statements. */
  long statements(Supplier<? extends Lookup<?>> lookup) {
    Statistics statistics =
        context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    statistics.clear();
    if (!(lookup.get() instanceof Lookup.Found<?>)) {
      throw new IllegalStateException("Nothing was found");
    }
    return statistics.getPrepareStatementCount();
  }

  /** Evicts the next extension. */
  CacheKey evictNext() {
    CacheKey key = keys.known();
    cache.invalidateExtension(key.organizationId(), Objects.requireNonNull(key.identifier()));
    return key;
  }

  void evictSchedule(long organizationId) {
    cache.invalidateBusinessHoursSchedule(organizationId);
  }

  /** What Redis holds of the next extension. */
  byte @Nullable [] get() {
    return connection.sync().get(keys.known().redisKey().getBytes(UTF_8));
  }

  @Override
  public void close() {
    connection.close();
    context.close();
    redis.close();
    postgres.close();
  }
}
