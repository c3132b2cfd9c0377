package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.voicerouting.VoiceRoutingApplication;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.testing.TestTokens;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service inside this JVM, with all sample data in Redis and, if enabled, the near cache. */
final class EmbeddedService implements AutoCloseable {

  private final Backends backends = Backends.start(SampleData.STANDARD);
  private final SampleKeys keys = new SampleKeys();
  private final ConfigurableApplicationContext context;
  private final RoutingCacheService cache;
  private final RedisClient redis;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  EmbeddedService(boolean nearCache) {
    context =
        new SpringApplicationBuilder(VoiceRoutingApplication.class)
            .run(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--spring.datasource.url=" + backends.postgres().jdbcUrl(),
                "--spring.datasource.username=" + backends.postgres().username(),
                "--spring.datasource.password=" + backends.postgres().password(),
                "--spring.data.redis.host=" + backends.redis().host(),
                "--spring.data.redis.port=" + backends.redis().port(),
                "--routing.security.platform-token=" + TestTokens.PLATFORM,
                "--routing.security.admin-token=" + TestTokens.ADMIN,
                "--routing.security.ops-token=" + TestTokens.OPS,
                "--routing.cache.near.enabled=" + nearCache,
                "--routing.cache.near.ttl=" + SampleKeys.NEAR_TTL.toSeconds() + "s");
    cache = context.getBean(RoutingCacheService.class);
    redis = RedisClient.create(RedisURI.create(backends.redis().host(), backends.redis().port()));
    connection = redis.connect(ByteArrayCodec.INSTANCE);
    for (int turn = 0; turn < 2; turn++) { // the second turn copies Redis into the near cache
      for (SampleKeys.Key key : keys.all()) {
        extension(key);
        schedule(key.organizationId());
      }
    }
  }

  SampleKeys.Key nextKey() {
    return keys.next();
  }

  Lookup<ExtensionView> extension(SampleKeys.Key key) {
    return cache.getExtension(key.organizationId(), key.number());
  }

  Lookup<ActiveSchedule> schedule(long organizationId) {
    return cache.getActiveBusinessHoursSchedule(organizationId);
  }

  void evictExtension(SampleKeys.Key key) {
    cache.invalidateExtension(key.organizationId(), key.number());
  }

  void evictSchedule(long organizationId) {
    cache.invalidateBusinessHoursSchedule(organizationId);
  }

  /** Runs a lookup that must find something; returns its number of SQL statements. */
  long countStatements(Supplier<? extends Lookup<?>> lookup) {
    Statistics statistics =
        context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    statistics.clear();
    if (!(lookup.get() instanceof Lookup.Found<?>)) {
      throw new IllegalStateException("The lookup found nothing");
    }
    return statistics.getPrepareStatementCount();
  }

  /** The bytes in Redis, by the client itself. */
  byte @Nullable [] redisGet(SampleKeys.Key key) {
    return connection
        .sync()
        .get(SampleData.redisKey(key.organizationId(), key.number()).getBytes(UTF_8));
  }

  @Override
  public void close() {
    connection.close();
    redis.shutdown();
    context.close();
    backends.close();
  }
}
