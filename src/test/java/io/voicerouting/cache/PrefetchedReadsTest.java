package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.HookedExtensions.Document;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lookups of one request, whose reads are sent when the first of them reads Redis. */
@EngineTest
class PrefetchedReadsTest {

  private static final CacheProperties BRIEF =
      EngineInstance.properties(Duration.ofSeconds(20), Duration.ofSeconds(4));

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final CacheKey first = database.newExtension("first");
  private final CacheKey second = database.newExtension("old");
  private final List<CacheKey> both = List.of(first, second);
  private final ManualClock clock = new ManualClock();
  private static RedisInstance redis;
  private EngineInstance instance;
  private EngineInstance other;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void start() {
    other = EngineInstance.trusting(redis, clock);
    instance = new EngineInstance(redis, BRIEF, clock);
    await().until(instance::trusts); // before the entries are stored, because its full pass evicts
    both.forEach(key -> await().until(() -> other.lookup(key).status().hit()));
  }

  @AfterEach
  void stop() {
    instance.close();
    other.close();
  }

  @Test
  void prefetchedReadIsUsedOnce() {
    Function<CacheKey, Lookup<Document>> request = instance.request(both);
    CacheStatus one = request.apply(first).status();
    instance.awaitReplies();
    redis.pause();
    CacheStatus two = request.apply(second).status();
    CacheStatus again = request.apply(second).status();
    redis.resume();

    assertThat(one.hit()).isTrue();
    assertThat(two.hit()).isTrue();
    assertThat(again).isEqualTo(CacheStatus.bypass());
  }

  @Test
  void prefetchesWhatTheNearCacheDoesNotHold() {
    CacheKey near = database.newExtension("near");
    instance.trackUntilTrusted();
    await().until(() -> instance.lookup(near).status().hit() && holds(near));

    long asked = gets();
    Function<CacheKey, Lookup<Document>> request = instance.request(List.of(near, first, second));
    CacheStatus one = request.apply(near).status();
    CacheStatus two = request.apply(first).status();
    instance.awaitReplies();
    redis.pause();
    CacheStatus three = request.apply(second).status();
    redis.resume();

    assertThat(List.of(one, two, three)).allMatch(CacheStatus::hit);
    assertThat(gets() - asked).isEqualTo(2);
  }

  @Test
  void lookupWithoutTimeForRedisTakesNoLease() {
    CacheKey missing = database.newExtension("missing");

    Function<CacheKey, Lookup<Document>> request = instance.request(List.of(first, missing));
    lookUp(request, first);
    instance.awaitReplies();
    redis.pause();
    lookUp(request, second); // takes all the time for Redis
    redis.resume();
    Lookup<Document> answer = request.apply(missing); // its prefetched read found no entry

    assertThat(EngineInstance.displayName(answer)).isEqualTo("missing");
    assertThat(instance.leaseOwner(missing)).isNull();
  }

  @Test
  void lookupThatStopsWaitingForALeaseReleasesIt() {
    CacheKey missing = database.newExtension("missing");
    long missesBefore = instance.figures().misses();

    Function<CacheKey, Lookup<Document>> request = instance.request(List.of(first, missing));
    lookUp(request, first);
    instance.awaitReplies(); // Redis has answered that the other has no entry
    redis.pause();
    Lookup<Document> answer = request.apply(missing); // asks for the lease, and stops waiting
    redis.resume();

    assertThat(EngineInstance.displayName(answer)).isEqualTo("missing");
    assertThat(instance.figures().misses() - missesBefore).isEqualTo(1);
    await().until(() -> other.leaseOwner(missing) == null);
    assertThat(other.lookup(missing).status().stored()).isTrue();
  }

  @Test
  void nothingIsPrefetchedWhileDegraded() {
    instance.cutRelayOff(true);
    clock.advance(Trust.SPAN);
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Degraded.class);

    Function<CacheKey, Lookup<Document>> request = instance.request(both);
    lookUp(request, first); // a prefetch would have read both by now
    database.commit(second, "new");
    instance.cutRelayOff(false);
    instance.pass();

    assertThat(EngineInstance.displayName(request.apply(second))).isEqualTo("new");
  }

  @Test
  void evictedPrefetchedValueDoesNotEnterTheNearCache() {
    CacheKey last = database.newExtension("old");
    instance.trackUntilTrusted();
    await().until(() -> instance.lookup(last).status().hit() && holds(last));

    Function<CacheKey, Lookup<Document>> request = instance.request(both);
    lookUp(request, first);
    List<OutboxRow> evictions = new ArrayList<>(database.commit(second, "new"));
    evictions.addAll(database.commit(last, "new"));
    other.evict(evictions);
    await().until(() -> !holds(last)); // Redis sends both invalidations in that order
    lookUp(request, second); // read before the change, so either value is right

    assertThat(instance.displayName(second)).isEqualTo("new");
  }

  /** How many values were requested from Redis since its start. */
  private long gets() {
    RedisConnection connection = other.connections().requireConnection();
    String statistics =
        connection
            .replies()
            .awaitBulk(
                connection.commands().info("commandstats"),
                Deadline.after(BRIEF.leaseTtl(), NanoClock.system()));
    return CommandStatistics.calls(statistics, "get");
  }

  private boolean holds(CacheKey key) {
    return instance.near().holds(key, instance.connections().requireConnection());
  }

  private static void lookUp(Function<CacheKey, Lookup<Document>> request, CacheKey key) {
    var unused = request.apply(key);
  }
}
