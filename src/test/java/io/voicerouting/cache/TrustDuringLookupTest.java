package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Trust runs out in the middle of a lookup, and Redis has an old entry again, as a primary does
 * that was demoted and synchronized with a server that had kept it.
 */
@EngineTest
class TrustDuringLookupTest {

  private static RedisInstance redis;
  private static RedisClient client;
  private static RedisCommands<String, String> commands;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private final Gate loaded = new Gate();
  private EngineInstance instance;
  private CacheKey key;
  private String oldEntry;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
    client = RedisClient.create("redis://localhost:" + redis.port());
    commands = client.connect().sync();
  }

  @AfterAll
  static void stopRedis() {
    client.shutdown();
    redis.close();
  }

  @BeforeEach
  void evictAnEntry() {
    key = database.newExtension("old");
    instance = EngineInstance.trusting(redis, clock);
    assertThat(instance.lookup(key).status().stored()).isTrue();
    oldEntry = String.valueOf(commands.get(key.redisKey()));
    instance.write(key, "new");
    assertThat(oldEntry).contains("old");
    assertThat(commands.get(key.redisKey())).isNull();
  }

  @AfterEach
  void stopInstance() {
    loaded.open();
    instance.close();
  }

  @Test
  void callerThatWaitedForAFillDoesNotReadAnEntryThatCameBack() {
    Caller leader = fillerStoppedAfterItsLoad();
    Caller waiting = new Caller(instance, key);
    await().until(() -> waiting.waits());
    bringBackTheOldEntry();
    loaded.open();

    assertThat(EngineInstance.displayName(waiting.answer())).isEqualTo("new");
    assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("new");
  }

  @Test
  void documentIsNotStoredOnceTrustHasRunOut() {
    Caller leader = fillerStoppedAfterItsLoad();
    clock.advance(Trust.SPAN);
    loaded.open();

    assertThat(leader.answer().status().stored()).isFalse();
    assertThat(commands.get(key.redisKey())).isNull();
  }

  @Test
  void leaseRequestDoesNotAnswerWithAnEntryThatCameBack() {
    commands.set(RedisKeys.lease(key.redisKey()), "of another process");
    long scripts = scripts();
    Caller caller = new Caller(instance, key);
    await().until(() -> scripts() > scripts + 1); // asks for the lease again and again
    bringBackTheOldEntry();

    assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("new");
  }

  private Caller fillerStoppedAfterItsLoad() {
    instance.extensions().afterNextRead(loaded::pass);
    Caller filler = new Caller(instance, key);
    loaded.awaitReached();
    return filler;
  }

  /** In this order: while Redis is trusted it has no old entries. */
  private void bringBackTheOldEntry() {
    clock.advance(Trust.SPAN);
    commands.del(RedisKeys.lease(key.redisKey()));
    commands.set(key.redisKey(), oldEntry);
  }

  private static long scripts() {
    String statistics = commands.info("commandstats");
    return statistics
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
        .mapToLong(line -> Long.parseLong(line.split("[=,]", -1)[1]))
        .findFirst()
        .orElse(0);
  }
}
