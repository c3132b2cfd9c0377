package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelGroup;
import io.voicerouting.testing.SentinelInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which server an instance uses, given what Sentinels and servers say. */
@EngineTest
class SentinelDiscoveryTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ManualClock clock = new ManualClock();
  private final CacheKey key = CoherenceDatabase.get().newExtension("old");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private SentinelGroup group;
  private RedisInstance primary;

  @BeforeEach
  void startGroup() {
    group = opened(BackingServers.startSentinelGroup());
    primary = group.primary();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void primaryThatWasReplacedIsLeftWhileItStillAnswersAndWhenItIsDemoted() {
    EngineInstance watching = connect(group.sentinels());
    EngineInstance other = connect(group.sentinels());
    primary.refuseDemotion(true);
    RedisInstance promoted = group.failover();
    watchUntilDisconnected(watching);
    followTo(watching, promoted);

    assertThat(other.connected()).isTrue();
    primary.refuseDemotion(false);
    group.awaitDemoted(primary); // Sentinel closes its connections
    followTo(other, promoted);
  }

  @Test
  void noAnswerIsOldDuringAFailoverByCommandUnderWrites() {
    List<EngineInstance> instances = List.of(running(), running());
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    instances.getFirst().write(key, "0");
    CompletableFuture<Void> writer =
        Repeated.until(
            over,
            () -> {
              int next = acknowledged.get() + 1;
              instances.get(next % 2).write(key, String.valueOf(next));
              acknowledged.set(next);
            });
    List<CompletableFuture<Void>> readers =
        instances.stream()
            .map(
                instance -> Repeated.until(over, () -> assertCurrent(instance, acknowledged.get())))
            .toList();
    RedisInstance promoted = group.failover();
    for (EngineInstance instance : instances) {
      await()
          .atMost(LONG)
          .ignoreException(CacheUnavailableException.class)
          .until(() -> instance.reign().equals(promoted.replicationId()) && instance.trusted());
    }
    int before = acknowledged.get();
    await().until(() -> acknowledged.get() > before + 1);
    over.set(true);

    assertThat(writer).succeedsWithin(LONG);
    assertThat(readers).allSatisfy(reader -> assertThat(reader).succeedsWithin(LONG));
  }

  private EngineInstance running() {
    EngineInstance instance =
        opened(
            new EngineInstance(group.sentinels(), EngineInstance.WITHOUT_NEAR, NanoClock.system()));
    instance.startRelay();
    instance.startWatch();
    await().until(instance::trusted);
    return instance;
  }

  private void assertCurrent(EngineInstance instance, int acknowledged) {
    String answer = instance.displayName(key);
    assertThat(answer).isNotNull();
    assertThat(Integer.parseInt(answer)).isGreaterThanOrEqualTo(acknowledged);
  }

  @Test
  void oldPrimaryThatWakesEvictsWhatItsInstanceHasMissed() {
    EngineInstance held = connect(group.sentinels());
    assertThat(held.displayName(key)).isEqualTo("old");
    primary.refuseDemotion(true);
    group.noticeFailures(true);
    primary.pause();
    RedisInstance promoted = group.awaitOtherPrimary(primary);
    EngineInstance other = connect(group.sentinels());
    other.write(key, "new");
    primary.resume();
    held.pass();

    assertThat(held.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(held.reign()).isEqualTo(primary.replicationId());
    assertThat(held.displayName(key)).isEqualTo("new");
    watchUntilDisconnected(held);
    followTo(held, promoted);
  }

  @Test
  void guardedPrimaryThatWakesIsNotTrusted() {
    EngineInstance held = connect(group.sentinels());
    assertThat(held.displayName(key)).isEqualTo("old");
    primary.guardWrites();
    primary.refuseDemotion(true);
    group.noticeFailures(true);
    primary.pause();
    RedisInstance promoted = group.awaitOtherPrimary(primary);
    EngineInstance other = connect(group.sentinels());
    other.write(key, "new");
    primary.resume();
    primary.awaitWritesRefused(); // it notices that its replicas have gone
    held.pass();

    assertThat(held.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(held.displayName(key)).isEqualTo("new");
    watchUntilDisconnected(held);
    followTo(held, promoted);
  }

  @Test
  void evictionsThatTheOldPrimaryDidNotReplicateAreRepeatedOnTheNewOne() {
    EngineInstance instance = connect(List.of(lone(primary)));
    assertThat(instance.displayName(key)).isEqualTo("old");
    group.awaitReplicated();
    group.noticeFailures(true);
    group.isolate(primary, true);
    instance.write(key, "new");
    RedisInstance promoted = group.awaitOtherPrimary(primary);
    String missed = promoted.execute(redis -> redis.get(key.redisKey()));
    assertThat(missed).contains("old");

    assertThat(connect(group.sentinels()).displayName(key)).isEqualTo("new");
  }

  @Test
  void sentinelsThatDoNotAnswerChangeNothing() {
    EngineInstance instance = connect(group.sentinels());
    group.sentinels().forEach(SentinelInstance::pause);
    instance.watch();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);

    instance.disconnect();
    followTo(instance, primary);
  }

  @Test
  void oneLyingSentinelChangesNothing() {
    RedisInstance stranger = opened(BackingServers.startRedis());
    SentinelInstance liar = opened(SentinelGroup.startLyingSentinel(stranger));
    List<SentinelInstance> sentinels = new ArrayList<>(List.of(liar));
    sentinels.addAll(group.sentinels());
    EngineInstance instance = connect(sentinels);
    instance.watch();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(instance.reign()).isEqualTo(primary.replicationId());
  }

  @Test
  void sentinelsThatContradictEachOtherChangeNothing() {
    RedisInstance stranger = opened(BackingServers.startRedis());
    SentinelInstance first = lone(primary);
    EngineInstance instance = connect(List.of(first, lone(primary)));
    String reign = instance.reign();
    SentinelGroup.redirect(first, stranger);
    instance.watch();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(instance.reign()).isEqualTo(reign);
  }

  @Test
  void replicaIsNotUsedThoughAllSentinelsNameIt() {
    RedisInstance replica = group.servers().get(1);
    EngineInstance instance =
        opened(new EngineInstance(List.of(lone(replica)), EngineInstance.LONG_TIMEOUTS, clock));
    assertThat(instance.trusts()).isFalse();
    assertThat(instance.trusts()).isFalse();

    assertThat(instance.connected()).isFalse();
  }

  @Test
  void replicaThatOneSentinelNamesIsPassedOver() {
    List<SentinelInstance> sentinels = List.of(lone(group.servers().get(1)), lone(primary));

    assertThat(connect(sentinels).reign()).isEqualTo(primary.replicationId());
  }

  private SentinelInstance lone(RedisInstance server) {
    return opened(SentinelGroup.startLoneSentinel(server));
  }

  private EngineInstance connect(List<SentinelInstance> sentinels) {
    return opened(EngineInstance.trusting(sentinels, clock));
  }

  private static void watchUntilDisconnected(EngineInstance instance) {
    await()
        .until(
            () -> {
              instance.watch();
              return !instance.connected();
            });
  }

  /** A pass opens and adopts a session, a later one trusts it. */
  private static void followTo(EngineInstance instance, RedisInstance server) {
    await().until(instance::trusts);
    assertThat(instance.reign()).isEqualTo(server.replicationId());
  }

  private <T extends AutoCloseable> T opened(T one) {
    opened.add(one);
    return one;
  }
}
