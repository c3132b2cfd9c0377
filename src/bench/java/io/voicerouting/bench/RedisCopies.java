package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** Many copies in Redis without as many rows in PostgreSQL. */
final class RedisCopies {

  private static final Duration LIFE = Duration.ofHours(4);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private RedisCopies() {}

  /**
   * Empties Redis, has the service look an extension up, and stores what is cached of it under the
   * keys of many.
   *
   * @param keys organizations and extensions that are to be cached
   */
  static void fill(ServiceProcess service, RedisInstance redis, SampleData keys) {
    RedisClient client =
        RedisClient.create(
            RedisURI.builder().withHost(redis.host()).withPort(redis.port()).build());
    try (StatefulRedisConnection<byte[], byte[]> connection =
        client.connect(ByteArrayCodec.INSTANCE)) {
      connection.sync().flushall(FlushMode.ASYNC);
      byte[] document = document(service, connection);
      for (int organization = 1; organization <= keys.organizations(); organization++) {
        fill(connection, organization, keys.extensions(), document);
      }
    } finally {
      client.shutdown();
    }
  }

  /** A service that was kept waiting by Redis a moment ago loads, and stores nothing. */
  private static byte[] document(
      ServiceProcess service, StatefulRedisConnection<byte[], byte[]> connection) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      service.await(Endpoint.EXTENSION.path(Contestant.SERVICE, 1, "1001"));
      byte[] document = connection.sync().get(key(1, SampleData.FIRST_NUMBER));
      if (document != null) {
        return document;
      }
      ServiceProcess.sleep(RETRY);
    }
    throw new IllegalStateException("The service stored nothing within " + PATIENCE);
  }

  private static void fill(
      StatefulRedisConnection<byte[], byte[]> connection,
      int organization,
      int extensions,
      byte[] document) {
    List<RedisFuture<String>> replies = new ArrayList<>();
    connection.setAutoFlushCommands(false);
    for (int extension = 0; extension < extensions; extension++) {
      byte[] key = key(organization, SampleData.FIRST_NUMBER + extension);
      replies.add(connection.async().set(key, document, SetArgs.Builder.ex(LIFE)));
    }
    connection.flushCommands();
    connection.setAutoFlushCommands(true);
    if (!LettuceFutures.awaitAll(PATIENCE, replies.toArray(RedisFuture[]::new))) {
      throw new IllegalStateException("Redis did not store within " + PATIENCE);
    }
  }

  private static byte[] key(int organization, int number) {
    return ("routing:extension:" + organization + ":" + number).getBytes(UTF_8);
  }
}
