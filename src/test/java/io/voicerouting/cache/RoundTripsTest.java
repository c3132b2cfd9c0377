package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.HookedExtensions.Document;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often lookups wait for Redis, without a near cache. */
@EngineTest
class RoundTripsTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final CacheKey number = database.newExtension("number");
  private final CacheKey schedule = database.newExtension("schedule");
  private final CacheKey extension = database.newExtension("extension");
  private RedisInstance redis;
  private EngineInstance instance;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    instance = new EngineInstance(redis, EngineInstance.WITHOUT_NEAR, new ManualClock());
    await().until(instance::trusts);
    Stream.of(number, schedule, extension)
        .forEach(key -> assertThat(instance.lookup(key).status().stored()).isTrue());
  }

  @AfterEach
  void stop() {
    instance.close();
    redis.close();
  }

  /** Only the first document determines what else is needed, as that of a phone number does. */
  @Test
  void whatARequestNeededBeforeIsReadWithItsFirstEntry() {
    Function<CacheKey, Lookup<Document>> before = request();
    assertThat(Stream.of(number, schedule, extension).map(before)).hasSize(3);

    Function<CacheKey, Lookup<Document>> request = request();
    CacheStatus first = request.apply(number).status();
    instance.awaitReplies();
    redis.pause();
    List<CacheStatus> others =
        Stream.of(schedule, extension).map(request).map(Lookup::status).toList();
    redis.resume();

    assertThat(first.hit()).isTrue();
    assertThat(others).allMatch(CacheStatus::hit);
  }

  @Test
  void laterAnnouncementKeepsWhatWasRead() {
    Function<CacheKey, Lookup<Document>> before = request();
    assertThat(Stream.of(number, schedule).map(before)).hasSize(2);
    long reads = calls("get");

    RequestReader reader = instance.reader();
    reader.expect(() -> List.of(number));
    instance.lookup(reader, number);
    reader.expect(() -> List.of(schedule, extension));
    instance.lookup(reader, schedule);
    instance.lookup(reader, extension);

    assertThat(calls("get") - reads).isEqualTo(3);
  }

  @Test
  void timeToLiveOfAnUnchangedEntryIsReadOnce() {
    lookUpBoth();
    long lifetimes = calls("pttl");
    long reads = calls("get");

    List<CacheStatus> again = lookUpBoth();

    assertThat(calls("pttl")).isEqualTo(lifetimes);
    assertThat(calls("get") - reads).isEqualTo(2);
    assertThat(again).allMatch(status -> status.hit() && remaining(status) > 60);
  }

  @Test
  void timeToLiveOfAChangedEntryIsReadAgain() {
    lookUpBoth();
    instance.write(schedule, "changed");
    instance.lookup(schedule);
    RedisConnection connection = instance.connections().requireConnection();
    assertThat(replyTo(connection.commands().expire(schedule.redisKey(), 30))).isTrue();
    lookUpBoth(); // finds other bytes than the ones it remembers
    long lifetimes = calls("pttl");

    List<CacheStatus> again = lookUpBoth();

    assertThat(calls("pttl")).isEqualTo(lifetimes);
    assertThat(remaining(again.getLast())).isBetween(1L, 30L);
  }

  /** Every entry of "no such row" has the same bytes, so they do not tell which one it is. */
  @Test
  void timeToLiveOfAbsenceIsReadEachTime() {
    CacheKey missing = new CacheKey(number.resource(), number.organizationId(), "no-such-row");
    instance.lookup(missing);
    instance.lookup(missing);
    lookUpBoth();
    long lifetimes = calls("pttl");

    RequestReader reader = instance.reader();
    reader.expect(() -> List.of(number, missing));
    assertThat(instance.lookup(reader, missing).status().hit()).isTrue();

    assertThat(calls("pttl")).isEqualTo(lifetimes + 1);
  }

  private List<CacheStatus> lookUpBoth() {
    Function<CacheKey, Lookup<Document>> request = instance.request(List.of(number, schedule));
    return Stream.of(number, schedule).map(request).map(Lookup::status).toList();
  }

  private static long remaining(CacheStatus status) {
    Long seconds = status.ttlSeconds();
    return seconds == null ? 0 : seconds;
  }

  @Test
  void missWaitsForRedisTwice() {
    CacheKey missing = database.newExtension("missing");
    long reads = calls("get");
    long lifetimes = calls("pttl");
    long scripts = calls("evalsha");

    assertThat(instance.lookup(missing).status()).isEqualTo(CacheStatus.missStored());

    // The scripts for the lease and for the fill read one key each; two more enter indexes.
    assertThat(calls("get") - reads).isEqualTo(2);
    assertThat(calls("pttl")).isEqualTo(lifetimes);
    assertThat(calls("evalsha") - scripts).isEqualTo(4);
  }

  @Test
  void hitTakesNoLease() {
    long leases = calls("set");

    assertThat(instance.lookup(number).status().hit()).isTrue();

    assertThat(calls("set")).isEqualTo(leases);
  }

  private Function<CacheKey, Lookup<Document>> request() {
    return instance.request(List.of(number));
  }

  private long calls(String command) {
    RedisConnection connection = instance.connections().requireConnection();
    return CommandStatistics.calls(replyTo(connection.commands().info("commandstats")), command);
  }

  private <T> T replyTo(CompletionStage<T> command) {
    return instance
        .connections()
        .requireConnection()
        .replies()
        .awaitBulk(command, Deadline.after(Duration.ofSeconds(20), NanoClock.system()));
  }
}
