package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Changes that name a whole organization, while the index of its keys is lost: no key is removed in
 * Redis, so that all depends on the marks.
 */
@EngineTest
class OrganizationEvictionTest {

  private static RedisInstance redis;
  private static RedisClient client;
  private static StatefulRedisConnection<String, String> connection;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private final Gate loaded = new Gate();
  private RedisCommands<String, String> commands;
  private EngineInstance instance;
  private EngineInstance other;
  private CacheKey key;
  private CacheKey missing;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
    client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    connection = client.connect();
  }

  @AfterAll
  static void stopRedis() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    redis.close();
  }

  @BeforeEach
  void cacheAnOldValue() {
    commands = connection.sync();
    key = database.newExtension("old");
    missing = new CacheKey("extension", key.organizationId(), "404");
    instance = EngineInstance.trusting(redis, clock);
    other = EngineInstance.trusting(redis, clock);
    assertThat(instance.lookup(key).status().stored()).isTrue();
    loseIndex();
  }

  private void loseIndex() {
    commands.del(RedisKeys.index(key.organizationId()), RedisKeys.INDEXES);
  }

  @AfterEach
  void stopInstances() {
    loaded.open();
    instance.close();
    other.close();
    database.forgetRows(OutboxRow.ALL_ORGANIZATIONS); // later tests would know the marks
  }

  private Caller readerStoppedAfterItsLoad(CacheKey loading) {
    instance.extensions().afterNextRead(loaded::pass);
    Caller reader = new Caller(instance, loading);
    loaded.awaitReached();
    return reader;
  }

  private static boolean waitsForALeader(EngineInstance instance, Caller joiner, long misses) {
    return instance.figures().misses() == misses && joiner.waits();
  }

  @Test
  void documentIsVoidFromThePassThatBringsTheMark() {
    database.commitBulk(key, "new");
    instance.pass();

    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);
    assertThat(EngineInstance.displayName(lookup)).isEqualTo("new");
    assertThat(lookup.status().stored()).isTrue(); // in the void one's place
    assertThat(instance.lookup(key).status().hit()).isTrue();
    assertThat(commands.get(key.redisKey())).contains("\"new\"");
  }

  @Test
  void rowThatAnotherInstanceHasDoneOnTheSameServerBringsItsMark() {
    database.commitBulk(key, "new");
    other.pass();
    instance.pass();

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void firstPassOfASessionBringsKeptMarks() {
    database.forgetRows(key.organizationId()); // they name the key
    database.commitBulk(key, "new");
    other.pass();
    try (EngineInstance late = EngineInstance.trusting(redis, clock)) {
      assertThat(late.displayName(key)).isEqualTo("new");
    }
  }

  /** The index is written again with the document, so a removal would find it. */
  @Test
  void documentLoadedAfterAnEvictionIsKeptByLaterSessions() {
    database.forgetRows(key.organizationId()); // they name the key
    database.commitBulk(key, "new");
    other.round();
    instance.round();
    assertThat(instance.lookup(key).status().stored()).isTrue();
    try (EngineInstance late = EngineInstance.trusting(redis, clock)) {
      assertThat(late.lookup(key).status().hit()).isTrue();
      assertThat(late.displayName(key)).isEqualTo("new");
    }
  }

  /** Redis has confirmed all that the row asks for, but the other instance has not seen the row. */
  @Test
  void writerIsAnsweredOnceTheMarkIsKnownOrTrustHasRunOut() {
    try (EngineInstance bystander =
        new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, System::nanoTime)) {
      await().until(bystander::trusts); // for a second by the real clock, and no pass after that
      assertThat(instance.displayName(key)).isEqualTo("old");
      loseIndex();
      long start = System.nanoTime();
      instance.evict(database.commitBulk(key, "new"));

      assertThat(bystander.displayName(key)).isEqualTo("new");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(PostCommitEvictor.WAIT);
    }
  }

  @Test
  void writersOwnInstanceKnowsTheMarkThoughItCouldNotEvict() {
    instance.disconnect();
    long before = instance.organizations().arrivals();
    instance.evict(database.commitBulk(key, "new"));

    assertThat(
            instance
                .organizations()
                .voidsLoaded(key, key.organizationId(), HookedExtensions.ABSENT, before))
        .isTrue();
  }

  @Test
  void fillWhoseLoadDidNotSeeTheMarkIsVoid() {
    commands.del(key.redisKey());
    Caller reader = readerStoppedAfterItsLoad(key);
    database.commitBulk(key, "new");
    other.pass();
    loaded.open();

    assertThat(reader.answer().status().stored()).isTrue(); // nothing has taken its lease
    assertThat(commands.get(key.redisKey())).contains("\"old\"");
    instance.pass();
    assertThat(other.displayName(key)).isEqualTo("new");
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void callerAfterTheMarkDoesNotGetTheEarlierLoad() {
    commands.del(key.redisKey());
    Caller leader = readerStoppedAfterItsLoad(key);
    database.commitBulk(key, "new");
    instance.pass();
    long misses = instance.figures().misses();
    Caller joiner = new Caller(instance, key);
    await().until(() -> waitsForALeader(instance, joiner, misses + 1));
    loaded.open();

    assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("new");
    assertThat(leader.answer().status().stored()).isFalse();
  }

  @Test
  void negativeEntryIsVoidFromThePassThatBringsTheMark() {
    assertThat(other.lookup(missing).status().stored()).isTrue();
    loseIndex();
    database.insertBulk(missing, "inserted");
    instance.pass();

    assertThat(instance.displayName(missing)).isEqualTo("inserted");
  }

  @Test
  void negativeEntryOfAFillWhoseLoadDidNotSeeTheMarkIsVoid() {
    Caller reader = readerStoppedAfterItsLoad(missing);
    database.insertBulk(missing, "inserted");
    other.pass();
    loaded.open();

    assertThat(reader.answer().status().stored()).isTrue();
    assertThat(other.displayName(missing)).isEqualTo("inserted");
  }

  @Test
  void callerAfterTheMarkDoesNotGetTheEarlierAbsence() {
    Caller leader = readerStoppedAfterItsLoad(missing);
    database.insertBulk(missing, "inserted");
    instance.pass();
    long misses = instance.figures().misses();
    Caller joiner = new Caller(instance, missing);
    await().until(() -> waitsForALeader(instance, joiner, misses + 1));
    loaded.open();

    assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("inserted");
    assertThat(leader.answer().status().stored()).isFalse();
  }

  @Test
  void negativeEntryThatTheInstanceItselfStoredAfterTheMarkIsUsed() {
    database.commitBulk(key, "new");
    instance.pass();
    assertThat(instance.lookup(missing).status().stored()).isTrue();
    Lookup<HookedExtensions.Document> again = instance.lookup(missing);

    assertThat(again).isInstanceOf(Lookup.Absent.class);
    assertThat(again.status().hit()).isTrue();
    assertThat(other.lookup(missing).status().hit()).isTrue(); // has not seen the mark
    other.pass();
    assertThat(other.lookup(missing).status().hit()).isFalse();
  }

  @Test
  void negativeEntryIsUsedAgainOnceThoseFromBeforeTheMarkHaveExpired() {
    database.commitBulk(key, "new");
    instance.pass();
    assertThat(other.lookup(missing).status().stored()).isTrue();
    assertThat(
            instance
                .organizations()
                .voids(missing, missing.organizationId(), HookedExtensions.ABSENT))
        .isTrue();
    CacheProperties settings = EngineInstance.LONG_TIMEOUTS;
    clock.advance(EngineInstance.NEGATIVE_TTL.plus(settings.leaseTtl()));
    assertThat(
            instance
                .organizations()
                .voids(missing, missing.organizationId(), HookedExtensions.ABSENT))
        .isTrue();
    clock.advance(Duration.ofMillis(1));

    assertThat(
            instance
                .organizations()
                .voids(missing, missing.organizationId(), HookedExtensions.ABSENT))
        .isFalse();
  }

  /** Another server may hold a negative entry that this one's had removed. */
  @Test
  void negativeEntryThatTheInstanceStoredInAnEarlierSessionIsVoid() {
    database.commitBulk(key, "new");
    instance.pass();
    assertThat(instance.lookup(missing).status().stored()).isTrue();
    loseIndex();
    instance.disconnect();
    await().until(instance::trusts);

    assertThat(instance.lookup(missing).status().hit()).isFalse();
  }

  @Test
  void nearEntryIsVoidFromThePassThatBringsTheMark() {
    instance.trackWithoutInvalidations();
    NearCache near = instance.near();
    await().until(near::trusted);
    assertThat(instance.displayName(key)).isEqualTo("old");
    assertThat(near.holds(key, instance.connections().requireConnection())).isTrue();
    database.commitBulk(key, "new");
    instance.pass();

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void clearingVoidsWhatIsFilledMeanwhile() {
    commands.del(key.redisKey());
    Caller reader = readerStoppedAfterItsLoad(key);
    database.commitUnnoticed(key, "new");
    other.clear(key.organizationId());
    loaded.open();

    assertThat(reader.answer().status().stored()).isTrue();
    instance.pass();
    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(other.displayName(key)).isEqualTo("new");
  }

  @Test
  void clearingAllOrganizationsVoidsEveryDocument() {
    database.commitUnnoticed(key, "new");
    other.clear(OutboxRow.ALL_ORGANIZATIONS);
    instance.pass();

    assertThat(other.displayName(key)).isEqualTo("new");
    commands.del(key.redisKey());
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /** The document was loaded between the two: it shows the first change, but not the second. */
  @Test
  void keyOfALaterChangeIsEvictedBesideTheMarkOfAnEarlierOne() {
    database.commitBulk(key, "first");
    commands.del(key.redisKey());
    assertThat(EngineInstance.displayName(instance.lookup(key))).isEqualTo("first");
    loseIndex();
    database.commit(key, "second");
    instance.pass();

    assertThat(instance.displayName(key)).isEqualTo("second");
  }

  @Test
  void documentThatIsNewerThanThisInstancesLastPassIsUsed() {
    database.commitBulk(key, "new");
    other.pass();
    assertThat(other.lookup(key).status().stored()).isTrue();

    assertThat(instance.lookup(key).status().hit()).isTrue();
  }

  /** As after a restore into another database cluster, whose transaction ids begin anew. */
  @Test
  void documentWhoseSnapshotLiesInTheFutureIsVoid() {
    storeWithSnapshot(",\"snapshot\":\"900000000:900000000:\"");
    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);

    assertThat(lookup.status().stored()).isTrue();
    assertThat(instance.lookup(key).status().hit()).isTrue();
  }

  @Test
  void withoutTheDatabaseDocumentsOfLaterTransactionsAreServed() {
    instance.cutRelayOff(true);
    instance.pass();
    clock.advance(Trust.SPAN.plusMillis(1));
    storeWithSnapshot(",\"snapshot\":\"900000000:900000000:\"");

    assertThat(instance.lookup(key).status().headerValue()).contains("hit", "degraded");
  }

  /** The version before stored documents without a snapshot. */
  @Test
  void documentWithoutASnapshotIsUsedUntilAMarkIsKnown() {
    storeWithSnapshot("");
    assertThat(instance.lookup(key).status().hit()).isTrue();
    database.commitBulk(key, "new");
    instance.pass();

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /** Replaces the snapshot of the stored document, which then has no checksum. */
  private void storeWithSnapshot(String member) {
    String document = commands.get(key.redisKey());
    String changed =
        document
            .replaceFirst("\"crc32c\":\"\\w+\",", "")
            .replaceFirst(",\"snapshot\":\".*\"", member);
    assertThat(changed).isNotEqualTo(document);
    commands.set(key.redisKey(), changed);
  }
}
