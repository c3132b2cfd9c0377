package io.voicerouting.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.cache.lookup.FillLease;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
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

  private static final Duration LONG = Duration.ofMinutes(1);

  private static RedisInstance redis;
  private static RedisClient client;
  private static RedisCommands<String, String> commands;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private final Gate loaded = new Gate();
  private final Gate decoded = new Gate();
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
    decoded.open();
    instance.close();
  }

  @Test
  void callerThatWaitedForAFillDoesNotReadAnEntryThatCameBack() {
    Caller leader = fillerStoppedAfterItsLoad(instance);
    Caller waiting = new Caller(instance, key);
    await().until(() -> waiting.waits());
    bringBackTheOldEntry();
    loaded.open();

    assertThat(EngineInstance.displayName(waiting.answer())).isEqualTo("new");
    assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("new");
  }

  /** The entry is one that another instance stored; its reader is stopped. */
  @Test
  void callerThatJoinedAReaderDoesNotReadAnEntryThatCameBack() {
    try (EngineInstance other = EngineInstance.trusting(redis, clock)) {
      Caller filling = fillerStoppedAfterItsLoad(other);
      Caller leader = missingCaller(); // waits for what the other instance stores
      HookedExtensions.afterNextDecoding(decoded::pass);
      loaded.open();
      assertThat(filling.answer().status().stored()).isTrue();
      decoded.awaitReached();
      instance.write(key, "newer");
      Caller joiner = missingCaller();
      bringBackTheOldEntry();
      decoded.open();

      assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("new");
      assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("newer");
    }
  }

  private Caller missingCaller() {
    long misses = instance.figures().misses();
    Caller caller = new Caller(instance, key);
    await().until(() -> instance.figures().misses() == misses + 1 && caller.waits());
    return caller;
  }

  @Test
  void documentIsNotStoredOnceTrustHasRunOut() {
    Caller leader = fillerStoppedAfterItsLoad(instance);
    clock.advance(Trust.SPAN);
    loaded.open();

    assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("new");
    assertThat(leader.answer().status().stored()).isFalse();
    assertThat(commands.get(key.redisKey())).isNull();
  }

  /** Redis has the lease again, and would accept the document from the new session. */
  @Test
  void documentIsNotStoredOnASessionThatBeganAfterItsLookup() {
    Caller leader = fillerStoppedAfterItsLoad(instance);
    String owner = String.valueOf(instance.leaseOwner(key));
    instance.disconnect();
    await().until(instance::trusts);
    commands.set(RedisKeys.lease(key.redisKey()), owner);
    loaded.open();

    assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("new");
    assertThat(leader.answer().status().stored()).isFalse();
    assertThat(commands.get(key.redisKey())).isNull();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
  }

  @Test
  void leaseRequestDoesNotAnswerWithAnEntryThatCameBack() {
    commands.set(RedisKeys.lease(key.redisKey()), "of another process");
    long scripts = scripts();
    Caller caller = new Caller(instance, key);
    await().until(() -> scripts() > scripts + 1); // asks for the lease again and again
    bringBackTheOldEntry();

    assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("new");
    assertThat(caller.answer().status().forward()).isEqualTo("bypass");
  }

  /** This process is paused between the check of trust and the command. */
  @Test
  void commandThatIsSentAfterTrustHasRunOutDoesNotCount() {
    Trust trust = instance.trustOfRedis();
    RedisConnection session = instance.connections().requireConnection();
    assertThat(trust.sendTrusted(session, () -> "sent")).isEqualTo("sent");

    assertThatThrownBy(() -> trust.sendTrusted(session, () -> pauseFor(Trust.SPAN)))
        .isInstanceOf(CacheUnavailableException.class);
  }

  private String pauseFor(Duration pause) {
    clock.advance(pause);
    return "sent";
  }

  @Test
  void trustGrantedWhileACommandIsSentDoesNotCount() {
    Trust trust = instance.trustOfRedis();
    RedisConnection session = instance.connections().requireConnection();

    assertThatThrownBy(
            () ->
                trust.sendTrusted(
                    session,
                    () -> {
                      instance.loseTrust();
                      return instance.trusts();
                    }))
        .isInstanceOf(CacheUnavailableException.class);
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
  }

  /** A fill that is sent after such a pause reaches Redis all the same. */
  @Test
  void fillThatIsSentAfterThePassThatEvictsItsKeyIsRefused() {
    FillLease lease = leaseOfAPausedLookup();
    instance.pass();

    assertThat(fillOldEntry(lease)).isFalse();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(instance.displayName(key)).isEqualTo("newer");
  }

  @Test
  void fillThatIsSentBeforeThePassThatEvictsItsKeyIsEvicted() {
    FillLease lease = leaseOfAPausedLookup();
    assertThat(fillOldEntry(lease)).isTrue();
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(instance.displayName(key)).isEqualTo("newer");
  }

  /** A write follows that nobody evicts here, as on a primary that one instance alone uses. */
  private FillLease leaseOfAPausedLookup() {
    FillLease lease = new FillLease(instance.connections().requireConnection(), key);
    lease.acquire(LONG, null, Deadline.after(LONG, NanoClock.system()));
    database.commit(key, "newer");
    clock.advance(Trust.SPAN);
    return lease;
  }

  private boolean fillOldEntry(FillLease lease) {
    return lease.fill(
        oldEntry.getBytes(UTF_8),
        key.organizationId(),
        LONG,
        Deadline.after(LONG, NanoClock.system()));
  }

  private Caller fillerStoppedAfterItsLoad(EngineInstance filling) {
    filling.extensions().afterNextRead(loaded::pass);
    Caller filler = new Caller(filling, key);
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
