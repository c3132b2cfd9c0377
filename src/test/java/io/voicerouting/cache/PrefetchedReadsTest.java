package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several lookups whose values are asked for when the first of them asks Redis. */
class PrefetchedReadsTest {

  private static final CacheProperties BRIEF =
      EngineInstance.properties(Duration.ofSeconds(20), Duration.ofMillis(500));

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final CacheKey first = database.newExtension("first");
  private final CacheKey second = database.newExtension("old");
  private final List<CacheKey> both = List.of(first, second);
  private final ManualClock clock = new ManualClock();
  private RedisInstance redis;
  private EngineInstance instance;
  private EngineInstance other;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    other = EngineInstance.trusting(redis, clock);
    instance = new EngineInstance(redis, BRIEF, clock);
    await().until(instance::trusts); // its full pass evicts: the copies come after it
    both.forEach(key -> await().until(() -> other.lookup(key).status().hit()));
  }

  @AfterEach
  void stop() {
    instance.close();
    other.close();
    redis.close();
  }

  @Test
  void theSecondValueComesWithTheFirstAndCanBeHadOnce() {
    List<String> statuses =
        instance.asOne(
            both,
            () -> {
              String one = status(first);
              redis.pause();
              String two = status(second);
              String again = status(second);
              redis.resume();
              return List.of(one, two, again);
            });

    assertThat(statuses.subList(0, 2)).allMatch(status -> status.startsWith("voice-routing; hit"));
    assertThat(statuses.get(2)).isEqualTo(CacheStatus.bypass().headerValue());
  }

  @Test
  void whatTheNearCacheHoldsIsNotAskedForAndTheRestIsAtOnce() {
    CacheKey near = database.newExtension("near");
    instance.track();
    await().until(() -> instance.near().trusted());
    await().until(() -> instance.lookup(near).status().hit() && holds(near));

    long asked = gets();
    List<String> statuses =
        instance.asOne(
            List.of(near, first, second),
            () -> {
              String one = status(near);
              String two = status(first);
              redis.pause();
              String three = status(second);
              redis.resume();
              return List.of(one, two, three);
            });

    assertThat(statuses).allMatch(status -> status.startsWith("voice-routing; hit"));
    assertThat(gets() - asked).isEqualTo(2);
  }

  @Test
  void whoHasNoTimeLeftForRedisTakesNoLease() {
    CacheKey missing = database.newExtension("missing");

    String answer =
        instance.asOne(
            List.of(first, missing),
            () -> {
              instance.lookup(first);
              redis.pause();
              instance.lookup(second); // loses all of it
              redis.resume();
              return instance.displayName(missing); // Redis has answered: there is no copy
            });

    assertThat(answer).isEqualTo("missing");
    assertThat(instance.leaseOwner(missing)).isNull();
  }

  @Test
  void whoStopsWaitingForALeaseGivesItUpAndHasMissedOnce() {
    CacheKey missing = database.newExtension("missing");
    long missesBefore = instance.figures().misses();

    String answer =
        instance.asOne(
            List.of(first, missing),
            () -> {
              instance.lookup(first); // by now Redis has answered that the other has no copy
              redis.pause();
              String loaded = instance.displayName(missing); // asks for the lease, and then goes on
              redis.resume();
              return loaded;
            });

    assertThat(answer).isEqualTo("missing");
    assertThat(instance.figures().misses() - missesBefore).isEqualTo(1);
    await().until(() -> other.leaseOwner(missing) == null);
    assertThat(other.lookup(missing).status().stored()).isTrue();
  }

  @Test
  void whatWasAskedForWhileCopiesWereDegradedIsNoAnswerOnceTheyAreVouchedFor() {
    instance.cutRelayOff(true);
    clock.advance(Trust.SPAN);
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Degraded.class);

    String answer =
        instance.asOne(
            both,
            () -> {
              instance.lookup(first); // by now Redis has answered for both
              database.commit(second, "new");
              instance.cutRelayOff(false);
              instance.pass();
              return instance.displayName(second);
            });

    assertThat(answer).isEqualTo("new");
  }

  @Test
  void aValueThatIsEvictedOnItsWayIsNotKept() {
    CacheKey last = database.newExtension("old");
    instance.track();
    await().until(() -> instance.near().trusted());
    await().until(() -> instance.lookup(last).status().hit() && holds(last));

    instance.asOne(
        both,
        () -> {
          instance.lookup(first);
          List<OutboxRow> evictions = new ArrayList<>(database.commit(second, "new"));
          evictions.addAll(database.commit(last, "new"));
          other.evict(evictions);
          await().until(() -> !holds(last)); // Redis tells of both in that order
          return instance.lookup(second); // asked for before the change, so either is true
        });

    assertThat(instance.displayName(second)).isEqualTo("new");
  }

  /** How many values Redis has been asked for since it was started. */
  private long gets() {
    RedisConnection session = other.link().requireSession();
    String statistics =
        session
            .replies()
            .awaitBulk(session.commands().info("commandstats"), Deadline.after(BRIEF.leaseTtl()));
    return CommandStatistics.calls(statistics, "get");
  }

  private boolean holds(CacheKey key) {
    return instance.near().holds(key, instance.link().requireSession());
  }

  private String status(CacheKey key) {
    return instance.lookup(key).status().headerValue();
  }
}
