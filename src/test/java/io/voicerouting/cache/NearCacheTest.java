package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.near.InvalidationChannel;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.near.Subscription;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisServer;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near cache on a real Redis: when it answers, and each reason for which it must not. */
@EngineTest
class NearCacheTest {

  private static final StoredValue ENTRY = new StoredValue(new byte[100], 60_000);
  private static final LoadResult<String> LOADED = new LoadResult<>("document", null);

  private static final int UNUSED_PORT = 1; // a port at which no server listens

  private static RedisInstance redis;
  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private EngineInstance instance;
  private EngineInstance other;
  private CacheKey key;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void startInstances() {
    key = database.newExtension("old");
    instance = EngineInstance.trusting(redis, clock);
    other = EngineInstance.trusting(redis, clock);
  }

  @AfterEach
  void stopInstances() {
    instance.close();
    other.close();
  }

  private void track() {
    instance.trackUntilTrusted();
  }

  private void trackWithoutInvalidations() {
    instance.trackWithoutInvalidations();
    await().until(() -> instance.near().trusted());
  }

  /** Loads the document into Redis, and by a second lookup from there into the near cache. */
  private void keepNear() {
    instance.lookup(key);
    // The invalidation of the first lookup's fill may void the second one's put.
    await()
        .until(
            () -> {
              assertThat(instance.displayName(key)).isEqualTo("old");
              return isNear();
            });
  }

  private boolean isNear() {
    return instance
            .near()
            .find(key, instance.connections().requireConnection(), clock.getAsLong(), null)
        != null;
  }

  @Test
  void warmLookupUsesNeitherRedisNorTheDatabase() {
    track();
    keepNear();
    int loads = instance.extensions().loads();
    redis.pause();
    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);
    redis.resume();

    assertThat(EngineInstance.displayName(lookup)).isEqualTo("old");
    assertThat(lookup.status().headerValue()).startsWith("voice-routing; hit; ttl=");
    assertThat(instance.extensions().loads()).isEqualTo(loads);
  }

  @Test
  void commandTimeoutWhileTheDatabaseIsDownEmptiesTheNearCacheOnce() {
    track();
    keepNear();
    instance.cutRelayOff(true);
    instance.pass();
    clock.advance(Trust.SPAN);
    track();
    keepNear();
    instance.loseTrust();
    assertThat(isNear()).isFalse();
    track();
    keepNear();
    instance.loseTrust(); // as the rest of a herd

    assertThat(isNear()).isTrue();
    assertThat(instance.lookup(key).status().degraded()).isTrue();
  }

  @Test
  void silentTrackingConnectionIsReplaced() {
    try (TcpProxy proxy = TcpProxy.start(redis.port());
        EngineInstance proxied = EngineInstance.trusting(proxy.port(), clock)) {
      proxied.trackUntilTrusted();
      proxy.loseLatest();
      clock.advance(Duration.ofSeconds(4));
      assertThat(proxied.near().trusted()).isFalse();

      proxied.trackUntilTrusted(clock);
    }
  }

  @Test
  void hitShowsTheRemainingTtlOfTheEntry() {
    track();
    NearCache near = instance.near();
    NearCache.Mark mark = near.mark(key, instance.connections().requireConnection());
    near.put(mark, key, key.organizationId(), LOADED, new StoredValue(new byte[100], 5000));
    assertThat(ttlSeconds()).isEqualTo(5);
    clock.advance(Duration.ofMillis(1500));

    assertThat(ttlSeconds()).isEqualTo(3);
  }

  private Long ttlSeconds() {
    Lookup<?> near =
        instance
            .near()
            .find(key, instance.connections().requireConnection(), clock.getAsLong(), null);
    return Objects.requireNonNull(Objects.requireNonNull(near).status().ttlSeconds());
  }

  @Test
  void negativeEntryIsKeptInTheNearCache() {
    track();
    key = new CacheKey("extension", key.organizationId(), "404");
    instance.lookup(key);
    await()
        .until(
            () -> {
              instance.lookup(key);
              return isNear();
            });

    assertThat(instance.lookup(key)).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void onlyValuesReadByGetEnterTheNearCache() {
    track();
    assertThat(instance.lookup(key).status().stored()).isTrue();

    assertThat(isNear()).isFalse();
  }

  @Test
  void writeOfAnotherInstanceInvalidatesTheNearEntry() {
    track();
    keepNear();
    other.write(key, "new");

    await().until(() -> !isNear());
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void writerRemovesItsNearEntryBeforeItIsAnswered() {
    trackWithoutInvalidations();
    keepNear();
    instance.write(key, "new");

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void writerRemovesItsNearEntryThoughAnotherInstanceHasEvicted() {
    trackWithoutInvalidations();
    keepNear();
    List<OutboxRow> rows = database.commit(key, "new");
    other.pass();
    instance.disconnect(); // it cannot evict, and finds the row done by another instance
    assertThat(instance.near().entries()).isEqualTo(1);
    instance.evict(rows);

    assertThat(instance.near().entries()).isZero();
  }

  @Test
  void passRemovesNearEntriesOfEvictedKeys() {
    trackWithoutInvalidations();
    keepNear();
    database.commit(key, "new");
    instance.pass();

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void clearingAnOrganizationRemovesOnlyItsNearEntries() {
    trackWithoutInvalidations();
    keepNear();
    CacheKey first = key;
    key = database.newExtension("old");
    keepNear();
    instance.clear(first.organizationId());

    assertThat(isNear()).isTrue();
    key = first;
    assertThat(isNear()).isFalse();
  }

  @Test
  void inFlightPutIsVoidedByAnEvictionOfItsKey() {
    track();
    NearCache near = instance.near();
    RedisConnection connection = instance.connections().requireConnection();
    List<Runnable> happenings =
        List.of(
            () -> near.invalidate(key),
            () -> near.invalidateOrganization(key.organizationId()),
            near::clear);
    for (Runnable happening : happenings) {
      NearCache.Mark mark = near.mark(key, connection);
      happening.run();
      near.put(mark, key, key.organizationId(), LOADED, ENTRY);
      assertThat(isNear()).isFalse();
    }
    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, ENTRY);
    assertThat(isNear()).isTrue();
  }

  /** The clock is read at several moments of a put: the eviction comes at each of them in turn. */
  @Test
  void inFlightPutIsVoidedByAnEvictionOfItsOrganization() {
    int moments = 0;
    while (evictedAtMoment(moments + 1)) {
      moments++;
    }
    assertThat(moments).isPositive();
  }

  /** Whether the put had that many moments. */
  private boolean evictedAtMoment(int moment) {
    AtomicInteger left = new AtomicInteger(); // 0: no put in progress
    AtomicReference<NearCache> near = new AtomicReference<>();
    near.set(
        new NearCache(
            () -> {
              if (left.get() > 0 && left.decrementAndGet() == 0) {
                near.get().invalidateOrganization(key.organizationId());
              }
              return clock.getAsLong();
            },
            Duration.ofMinutes(1),
            1 << 20));
    RedisConnection connection = instance.connections().requireConnection();
    Subscription tracking = new Subscription();
    near.get().begin(tracking, connection);
    near.get().pinged(tracking, clock.getAsLong());
    NearCache.Mark mark = near.get().mark(key, connection);
    left.set(moment);
    near.get().put(mark, key, key.organizationId(), LOADED, ENTRY);
    if (left.getAndSet(0) > 0) {
      return false;
    }
    Lookup<String> found = near.get().find(key, connection, clock.getAsLong(), null);
    assertThat(found).as("evicted at moment %s", moment).isNull();
    return true;
  }

  @Test
  void nearEntryExpiresWithoutANotification() {
    NearCache near = new NearCache(clock, Duration.ofSeconds(30), 1 << 20);
    RedisConnection connection = instance.connections().requireConnection();
    Subscription tracking = new Subscription();
    near.begin(tracking, connection);
    near.pinged(tracking, clock.getAsLong());
    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, ENTRY);
    for (int second = 0; second < 29; second++) {
      clock.advance(Duration.ofSeconds(1));
      near.pinged(tracking, clock.getAsLong());
    }
    Lookup<String> before = near.find(key, connection, clock.getAsLong(), null);
    clock.advance(Duration.ofSeconds(1));
    near.pinged(tracking, clock.getAsLong());
    Lookup<String> after = near.find(key, connection, clock.getAsLong(), null);

    assertThat(before).isNotNull();
    assertThat(after).isNull();
  }

  @Test
  void entryWithoutTtlDoesNotEnterTheNearCache() {
    track();
    NearCache near = instance.near();
    NearCache.Mark mark = near.mark(key, instance.connections().requireConnection());
    near.put(mark, key, key.organizationId(), LOADED, new StoredValue(new byte[100], 0));

    assertThat(near.entries()).isZero();
  }

  @Test
  void nearEntryExpiresWithTheEntryInRedis() {
    track();
    NearCache near = instance.near();
    NearCache.Mark mark = near.mark(key, instance.connections().requireConnection());
    near.put(mark, key, key.organizationId(), LOADED, new StoredValue(new byte[100], 1000));
    assertThat(isNear()).isTrue();
    clock.advance(Duration.ofSeconds(1));

    assertThat(isNear()).isFalse();
  }

  @Test
  void revokedTrustEmptiesTheNearCache() {
    trackWithoutInvalidations();
    keepNear();
    other.write(key, "new");
    assertThat(instance.displayName(key)).isEqualTo("old"); // no invalidation was sent
    instance.loseTrust();
    assertThat(instance.near().entries()).isZero();
    assertThat(instance.displayName(key)).isEqualTo("new");
    instance.pass();

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void expiredTrustEmptiesTheNearCacheWhenItReturns() {
    trackWithoutInvalidations();
    keepNear();
    other.write(key, "new");
    clock.advance(Trust.SPAN);
    instance.pass();

    assertThat(instance.near().trusted()).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void nearCacheIsNotTrustedLongerThanItsPing() {
    trackWithoutInvalidations();
    keepNear();
    other.write(key, "new");
    // A pass before each second is over: Redis is trusted all along.
    for (Duration passed = Duration.ZERO; passed.compareTo(NearCache.SPAN) < 0; ) {
      Duration step = Duration.ofMillis(100);
      clock.advance(step);
      passed = passed.plus(step);
      instance.pass();
    }

    assertThat(NearCache.SPAN).isLessThan(Duration.ofSeconds(2));
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void entryIsReadAgainAfterItsTimeAndItsDocumentRemains() {
    NearCache near = new NearCache(clock, Duration.ofSeconds(1), 1 << 20);
    RedisConnection connection = instance.connections().requireConnection();
    Subscription tracking = new Subscription();
    near.begin(tracking, connection);
    near.pinged(tracking, clock.getAsLong());
    byte[] bytes = {1, 2, 3};
    StoredValue stored = new StoredValue(bytes, 60_000);
    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, stored);
    assertThat(near.holds(key, connection)).isTrue();
    clock.advance(Duration.ofSeconds(1));

    assertThat(near.trusted()).isTrue();
    assertThat(near.find(key, connection, clock.getAsLong(), null)).isNull();
    assertThat(near.holds(key, connection)).isFalse();
    assertThat(near.document(key, new StoredValue(bytes.clone(), 1000))).isSameAs(LOADED);
    assertThat(near.document(key, new StoredValue(new byte[99], 1000))).isNull();
  }

  @Test
  void expiredTrackingTrustEmptiesTheNearCacheWhenItReturns() {
    NearCache near = new NearCache(clock, Duration.ofMinutes(1), 1 << 20);
    RedisConnection connection = instance.connections().requireConnection();
    Subscription tracking = new Subscription();
    near.begin(tracking, connection);
    near.pinged(tracking, clock.getAsLong());
    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, ENTRY);
    clock.advance(NearCache.SPAN);
    near.pinged(tracking, clock.getAsLong());
    Lookup<String> found = near.find(key, connection, clock.getAsLong(), null);

    assertThat(near.trusted()).isTrue();
    assertThat(found).isNull();
  }

  @Test
  void expiredTrustEmptiesTheNearCacheBeforeDegradedHits() {
    track();
    keepNear();
    clock.advance(Trust.SPAN); // no invalidation was sent
    track(); // it alone would be trusted
    assertThat(isNear()).isTrue();
    instance.cutRelayOff(true);
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Degraded.class);
    assertThat(isNear()).isFalse();
    instance.cutRelayOff(false);
  }

  @Test
  void closedTrackingConnectionEndsTrustInTheNearCache() {
    track();
    keepNear();
    killTrackingConnections();

    await().until(() -> !instance.near().trusted());
    other.write(key, "new");
    assertThat(instance.displayName(key)).isEqualTo("new");
    track(); // begins again, with nothing
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  private void killTrackingConnections() {
    inRedis(
        commands ->
            commands
                .clientList()
                .lines()
                .filter(line -> line.contains("cmd=ping") && line.contains("flags=tB"))
                .map(line -> line.replaceAll("^id=(\\d+).*", "$1"))
                .mapToLong(id -> commands.clientKill(KillArgs.Builder.id(Long.parseLong(id))))
                .sum());
  }

  @Test
  void flushOfRedisEmptiesTheNearCache() {
    track();
    keepNear();
    inRedis(RedisCommands::flushall);

    await().until(() -> !isNear());
  }

  @Test
  void newSessionDoesNotUseNearEntriesOfThePreviousOne() {
    track();
    keepNear();
    RedisConnection untracked = other.connections().requireConnection();
    assertThat(instance.near().find(key, untracked, clock.getAsLong(), null)).isNull();
    assertThat(instance.near().mark(key, untracked)).isNull();
    instance.disconnect();
    instance.pass();
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(isNear()).isFalse();
    track();
    keepNear();
    assertThat(isNear()).isTrue();
  }

  @Test
  void trackingConnectionToAnotherServerIsNotTrusted() {
    try (RedisInstance elsewhere = BackingServers.startRedis();
        EngineInstance stranger = EngineInstance.trusting(elsewhere, clock)) {
      assertThatThrownBy(
              () ->
                  InvalidationChannel.begin(
                      stranger.connections().openForTracking(),
                      instance.connections().requireConnection(),
                      List.of("routing:extension:"),
                      instance.near(),
                      clock))
          .isInstanceOf(CacheUnavailableException.class);
      assertThat(instance.near().trusted()).isFalse();
    }
  }

  /** The same server and process, in a later reign. */
  @Test
  void trackingConnectionOfAnEarlierReignIsNotTrusted() {
    try (RedisInstance server = BackingServers.startRedis();
        EngineInstance returning = EngineInstance.trusting(server, clock)) {
      RedisConnection earlier = returning.connections().openForTracking();
      server.replicateFrom(UNUSED_PORT);
      server.promote();
      returning.pass(); // ends the session
      await().until(returning::trusts);
      RedisConnection session = returning.connections().requireConnection();

      assertThatThrownBy(
              () ->
                  InvalidationChannel.begin(
                      earlier, session, List.of("routing:extension:"), returning.near(), clock))
          .isInstanceOf(CacheUnavailableException.class);
      assertThat(earlier.isOpen()).isFalse();
      assertThat(returning.near().trusted()).isFalse();
    }
  }

  @Test
  void connectionWithoutResp3IsRefused() {
    RedisClient client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    client.setOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
    ConnectionHolder link =
        new ConnectionHolder(
            last -> List.of(new RedisServer.Configured(client, "localhost:6379")),
            Duration.ofSeconds(5),
            new Trust(clock, () -> {}),
            clock);
    try {
      assertThatThrownBy(
              () ->
                  InvalidationChannel.begin(
                      link.openForTracking(),
                      instance.connections().requireConnection(),
                      List.of("routing:extension:"),
                      instance.near(),
                      clock))
          .isInstanceOf(CacheUnavailableException.class)
          .hasMessageContaining("RESP3");
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  @Test
  void nearCacheIsBoundedByWeight() {
    track();
    NearCache near = instance.near();
    RedisConnection connection = instance.connections().requireConnection();
    StoredValue large = new StoredValue(new byte[100_000], 60_000);
    for (int i = 0; i < 1000; i++) {
      CacheKey each = new CacheKey("extension", 1, Integer.toString(i));
      near.put(near.mark(each, connection), each, each.organizationId(), LOADED, large);
    }

    await()
        .untilAsserted(
            () ->
                assertThat(near.weightBytes())
                    .isBetween(1L, EngineInstance.AS_DEPLOYED.near().maxSize().toBytes()));
  }

  @Test
  void fullNearCacheAdmitsWhatIsReadAgain() {
    NearCache near = new NearCache(clock, Duration.ofMinutes(1), 1 << 20);
    RedisConnection connection = instance.connections().requireConnection();
    Subscription tracking = new Subscription();
    near.begin(tracking, connection);
    near.pinged(tracking, clock.getAsLong());
    StoredValue stored = new StoredValue(new byte[1000], 60_000);
    for (int number = 0; number < 500; number++) {
      CacheKey each = new CacheKey("extension", 2, Integer.toString(number));
      near.put(near.mark(each, connection), each, each.organizationId(), LOADED, stored);
    }

    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, stored);
    assertThat(near.holds(key, connection)).as("read once").isFalse();
    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, stored);
    assertThat(near.holds(key, connection)).as("read again").isTrue();

    NearCache.Mark before = near.mark(key, connection);
    CacheKey late = new CacheKey("extension", 4, "1001");
    near.clear();
    for (int turn = 0; turn < 2; turn++) { // lands in what was cleared, and pushes something out
      near.put(before, late, late.organizationId(), LOADED, stored);
    }
    CacheKey next = new CacheKey("extension", 3, "1001");
    near.put(near.mark(next, connection), next, next.organizationId(), LOADED, stored);
    assertThat(near.holds(next, connection)).as("read once, cleared before").isTrue();
  }

  private <T> T inRedis(Function<RedisCommands<String, String>, T> action) {
    RedisClient client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return action.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }
}
