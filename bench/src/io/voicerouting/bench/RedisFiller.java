package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.FlushMode;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills Redis with many cache entries without as many rows in PostgreSQL. */
final class RedisFiller {

  private static final Duration TTL = Duration.ofHours(4);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private RedisFiller() {}

  /**
   * Empties Redis, lets the service cache extension 1001 of organization 1, and stores this entry
   * under the keys of all given extensions.
   */
  static void fill(ServiceProcess service, RedisInstance redis, SampleData keys) {
    RedisClient client = RedisClient.create(RedisURI.create(redis.host(), redis.port()));
    try (StatefulRedisConnection<byte[], byte[]> connection =
        client.connect(ByteArrayCodec.INSTANCE)) {
      connection.sync().flushall(FlushMode.ASYNC);
      // The first lookup after a slow reply of Redis loads without storing.
      byte[] entry =
          await().atMost(TIMEOUT).until(() -> lookUp(service, connection), Objects::nonNull);
      for (int organization = 1; organization <= keys.organizations(); organization++) {
        store(connection, organization, keys.extensions(), entry);
      }
    } finally {
      client.shutdown();
    }
  }

  private static byte @Nullable [] lookUp(
      ServiceProcess service, StatefulRedisConnection<byte[], byte[]> connection) {
    service.body(Endpoint.EXTENSION.path(1, SampleData.FIRST_NUMBER));
    return connection.sync().get(key(1, SampleData.FIRST_NUMBER));
  }

  private static void store(
      StatefulRedisConnection<byte[], byte[]> connection,
      int organization,
      int extensions,
      byte[] entry) {
    List<RedisFuture<String>> replies = new ArrayList<>();
    connection.setAutoFlushCommands(false);
    for (int extension = 0; extension < extensions; extension++) {
      byte[] key = key(organization, SampleData.FIRST_NUMBER + extension);
      replies.add(connection.async().set(key, entry, SetArgs.Builder.ex(TTL)));
    }
    connection.flushCommands();
    connection.setAutoFlushCommands(true);
    if (!LettuceFutures.awaitAll(TIMEOUT, replies.toArray(RedisFuture[]::new))) {
      throw new IllegalStateException("Redis did not reply within " + TIMEOUT);
    }
  }

  private static byte[] key(int organization, int number) {
    return SampleData.redisKey(organization, Integer.toString(number)).getBytes(UTF_8);
  }
}
