package io.voicerouting.bench;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.FlushMode;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Fills Redis with many cache entries without as many rows in PostgreSQL. */
final class RedisFiller {

  private static final Duration TTL = Duration.ofHours(4);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** A checksum is of one key; an entry without one is read like one of an earlier release. */
  private static final Pattern CHECKSUM = Pattern.compile("\"crc32c\":\"[0-9a-f]{8}\",");

  private final ServiceProcess service;
  private final StatefulRedisConnection<String, String> connection;

  private RedisFiller(ServiceProcess service, StatefulRedisConnection<String, String> connection) {
    this.service = service;
    this.connection = connection;
  }

  /**
   * Empties Redis, lets the service cache extension 1001 of organization 1, and stores this entry
   * under the keys of all given extensions.
   */
  static void fill(ServiceProcess service, RedisInstance redis, SampleData keys) {
    fill(service, redis, filler -> filler.storeExtensions(keys));
  }

  /**
   * Empties Redis, lets the service cache what decisions about organization 1 and its phone numbers
   * need, and stores these entries for all other organizations, too.
   */
  static void fillOrganizations(ServiceProcess service, RedisInstance redis, SampleData keys) {
    fill(service, redis, filler -> filler.storeOrganizations(keys));
  }

  private static void fill(
      ServiceProcess service, RedisInstance redis, Consumer<RedisFiller> entries) {
    RedisClient client = RedisClient.create(RedisURI.create(redis.host(), redis.port()));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().flushall(FlushMode.ASYNC);
      entries.accept(new RedisFiller(service, connection));
    } finally {
      client.shutdown();
    }
  }

  private void storeExtensions(SampleData keys) {
    String entry =
        lookUp(
            Endpoint.EXTENSION, SampleData.FIRST_NUMBER, extensionKey(1, SampleData.FIRST_NUMBER));
    for (int organization = 1; organization <= keys.organizations(); organization++) {
      Map<String, String> entries = new HashMap<>();
      for (int i = 0; i < keys.extensions(); i++) {
        entries.put(extensionKey(organization, SampleData.FIRST_NUMBER + i), entry);
      }
      store(entries);
    }
  }

  private void storeOrganizations(SampleData keys) {
    Map<String, String> first = new HashMap<>();
    for (int i = 0; i < keys.extensions(); i++) {
      int number = SampleData.FIRST_NUMBER + i;
      String phoneNumber = phoneNumberKey(1, number);
      first.put(phoneNumber, lookUp(Endpoint.NUMBER, number, phoneNumber));
      String extension = extensionKey(1, number);
      first.put(extension, lookUp(Endpoint.EXTENSION, number, extension));
    }
    for (String resource : List.of("organization", "business_hours")) {
      String key = "routing:" + resource + ":1";
      first.put(key, lookUp(Endpoint.DECISION, SampleData.FIRST_NUMBER, key));
    }
    for (int organization = 2; organization <= keys.organizations(); organization++) {
      String other = Integer.toString(organization);
      Map<String, String> entries = new HashMap<>();
      first.forEach((key, entry) -> entries.put(ofOther(key, other), ofOther(entry, other)));
      store(entries);
    }
  }

  /** Replaces organization 1 in a key or an entry. */
  private static String ofOther(String text, String organization) {
    return text.replaceFirst(
            "^(routing:(?:organization|business_hours|extension):)1", "$1" + organization)
        .replace("\"organization_id\":1,", "\"organization_id\":" + organization + ",")
        .replaceFirst("1555" + 1 + "(?=1[0-9]{3})", "1555" + organization);
  }

  /** The first lookup after a slow reply of Redis loads without storing. */
  private String lookUp(Endpoint endpoint, int number, String key) {
    String entry =
        await()
            .atMost(TIMEOUT)
            .until(
                () -> {
                  service.body(endpoint.path(1, number));
                  return connection.sync().get(key);
                },
                Objects::nonNull);
    return CHECKSUM.matcher(entry).replaceFirst("");
  }

  private void store(Map<String, String> entries) {
    List<RedisFuture<String>> replies = new ArrayList<>();
    connection.setAutoFlushCommands(false);
    entries.forEach(
        (key, entry) -> replies.add(connection.async().set(key, entry, SetArgs.Builder.ex(TTL))));
    connection.flushCommands();
    connection.setAutoFlushCommands(true);
    if (!LettuceFutures.awaitAll(TIMEOUT, replies.toArray(RedisFuture[]::new))) {
      throw new IllegalStateException("Redis did not reply within " + TIMEOUT);
    }
  }

  private static String extensionKey(int organization, int number) {
    return SampleData.redisKey(organization, Integer.toString(number));
  }

  private static String phoneNumberKey(int organization, int number) {
    return "routing:phone_number:0:1555" + organization + number;
  }
}
