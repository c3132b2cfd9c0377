package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.ThreadLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that answers with errors or with invalid values. Lookups are still answered. */
@EngineTest
class RedisRefusalTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private RedisInstance redis;
  private RedisClient client;
  private RedisCommands<String, String> commands;
  private StatefulRedisConnection<String, String> connection;
  private EngineInstance instance;
  private CacheKey key;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    connection = client.connect();
    commands = connection.sync();
    key = database.newExtension("old");
    instance = EngineInstance.trusting(redis, clock);
  }

  @AfterEach
  void stop() {
    instance.close();
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    redis.close();
  }

  @Test
  void redisOutOfMemoryStillServesHitsAndEvictions() {
    assertThat(instance.lookup(key).status().stored()).isTrue();
    CacheKey another = database.newExtension("another");
    commands.configSet("maxmemory", "1");

    assertThat(instance.lookup(key).status().hit()).isTrue();
    Lookup<HookedExtensions.Document> missed = instance.lookup(another);
    assertThat(EngineInstance.displayName(missed)).isEqualTo("another");
    assertThat(missed.status().stored()).isFalse();
    assertThat(instance.refusals().recent()).startsWith("OOM");
    List<OutboxRow> rows = database.commit(key, "new");
    instance.evict(rows);
    assertThat(database.countOpen(rows)).isZero();
    assertThat(instance.displayName(key)).isEqualTo("new");
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);

    commands.configSet("maxmemory", "0");
    assertThat(instance.lookup(another).status().stored()).isTrue();
  }

  @Test
  void redisOutOfMemoryDuringALoadRefusesOnlyTheFill() {
    Gate loaded = new Gate();
    instance.extensions().afterNextRead(loaded::pass);
    Caller reader = new Caller(instance, key);
    loaded.awaitReached();
    commands.configSet("maxmemory", "1");
    loaded.open();

    assertThat(EngineInstance.displayName(reader.answer())).isEqualTo("old");
    assertThat(reader.answer().status().stored()).isFalse();
    assertThat(instance.figures().rejectedFills()).isEqualTo(1);
  }

  @Test
  void withoutReadPermissionLookupsUseTheDatabase() {
    acl("-get");

    assertThat(EngineInstance.displayName(instance.lookup(key))).isEqualTo("old");
    assertThat(instance.refusals().recent()).startsWith("NOPERM");
  }

  @Test
  void withoutReadAndDeletePermissionLookupsUseTheDatabase() {
    acl("-get", "-del");

    assertThat(EngineInstance.displayName(instance.lookup(key))).isEqualTo("old");
  }

  @Test
  void withoutScriptPermissionLookupsUseTheDatabaseAndTheCauseIsReported() {
    acl("-evalsha", "-eval");

    try (ThreadLog log = ThreadLog.listen()) {
      assertThat(EngineInstance.displayName(instance.lookup(key))).isEqualTo("old");
      assertThat(EngineInstance.displayName(instance.lookup(key))).isEqualTo("old");
      assertThat(log.messages())
          .containsOnlyOnce(
              "Voice routing cache: Redis refuses commands; lookups use the database");
    }
    assertThat(instance.refusals().recent()).startsWith("NOPERM");
    assertThat(instance.figures().rejectedFills()).isEqualTo(2);

    clock.advance(Duration.ofMinutes(1));
    assertThat(instance.refusals().recent()).isNull();
  }

  @Test
  void serverThatRefusesInfoIsAskedAgainLater() {
    acl("-info");
    instance.connections().close();
    await()
        .until(
            () -> {
              instance.round();
              return !commands.aclLog().isEmpty(); // it was refused
            });
    acl("+info");
    instance.round();
    assertThat(instance.connections().connection()).isNull();
    clock.advance(Duration.ofSeconds(5));

    await().until(instance::trusts);
  }

  @Test
  void refusedTrackingIsReportedOnceAndTriedAgainLater() {
    try (ThreadLog log = ThreadLog.listen()) {
      acl("-client|tracking");
      instance.track();
      assertThat(instance.near().refusal()).startsWith("NOPERM");

      acl("+client|tracking");
      instance.track();
      assertThat(instance.near().refusal()).isNotNull();
      acl("-client|tracking");
      clock.advance(Duration.ofSeconds(30));
      instance.track();
      assertThat(log.messages())
          .filteredOn(message -> message.contains("Redis refuses to send invalidations"))
          .hasSize(1);
    }

    acl("+client|tracking");
    clock.advance(Duration.ofSeconds(30));
    instance.track();
    assertThat(instance.near().refusal()).isNull();
  }

  @Test
  void withoutDeletePermissionAPassGrantsNoTrust() {
    database.commit(key, "new");
    acl("-del");
    instance.loseTrust();
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void withoutDeletePermissionANewConnectionIsRefused() {
    acl("-del");
    instance.disconnect();
    AtomicBoolean outboxRead = new AtomicBoolean();
    // A full pass first checks that the database answers.
    instance.duringNextPass(() -> instance.duringNextPass(() -> outboxRead.set(true)));
    instance.pass();

    assertThat(instance.connected()).isFalse();
    assertThat(outboxRead).isFalse();
  }

  private void acl(String... rules) {
    var arguments = new CommandArgs<>(StringCodec.UTF8);
    arguments.add("SETUSER").add("default");
    for (String rule : rules) {
      arguments.add(rule);
    }
    commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments);
  }

  @Test
  void valueOfAnotherTypeIsReplaced() {
    commands.rpush(key.redisKey(), "nonsense");

    assertThat(instance.lookup(key).status().stored()).isTrue();
    assertThat(instance.lookup(key).status().hit()).isTrue();
  }

  @Test
  void unreadableDocumentIsReplaced() {
    commands.set(key.redisKey(), "{\"schema_version\":1,\"name\":\"of another shape\"}");

    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);
    assertThat(EngineInstance.displayName(lookup)).isEqualTo("old");
    assertThat(lookup.status().stored()).isTrue();
  }
}
