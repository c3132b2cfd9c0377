package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The lines that operators look for, on real servers. */
@Isolated("captures all lines of the log")
class CacheLogTest {

  private static final String UNAVAILABLE =
      "WARN Voice routing cache: Cache unavailable, falling back to database";
  private static final String AVAILABLE = "INFO Voice routing cache: Cache available";

  /** Long enough for a busy machine; a paused Redis costs each pass this time. */
  private static final CacheProperties SHORT_TIMEOUT =
      EngineInstance.properties(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.voicerouting.cache");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final ManualClock clock = new ManualClock();
  private final CacheKey key = CoherenceDatabase.get().newExtension("stored");
  private RedisInstance redis;
  private EngineInstance instance;

  @BeforeEach
  void listen() {
    redis = BackingServers.startRedis();
    instance = new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, clock);
    logger.setLevel(Level.DEBUG);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setLevel(null);
    instance.close();
    redis.close();
  }

  /**
   * Returns the lines logged since the last call, without those of threads of other tests'
   * applications.
   */
  private List<ILoggingEvent> events() {
    List<ILoggingEvent> events;
    synchronized (appender) { // as it does when it adds one
      events = List.copyOf(appender.list);
      appender.list.clear();
    }
    return events.stream()
        .filter(event -> event.getLoggerName().equals("io.voicerouting.cache"))
        .filter(event -> !event.getThreadName().matches("routing-cache-(relay|near)"))
        .toList();
  }

  private List<String> lines() {
    return events().stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  private static String fields(ILoggingEvent event) {
    return event.getKeyValuePairs().stream()
        .map(pair -> pair.key + "=" + pair.value)
        .collect(Collectors.joining(" "));
  }

  @Test
  void lookupsAndEvictionsAreLogged() {
    await().until(instance::trusts);
    events();
    instance.lookup(key);
    instance.lookup(key);
    instance.write(key, "changed");
    List<ILoggingEvent> events = events();

    assertThat(events)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Voice routing cache: Extension cache miss, loading from database",
            "Voice routing cache: Extension retrieved (from_cache: false)",
            "Voice routing cache: Extension retrieved (from_cache: true)",
            "Voice routing cache: Extension cache invalidated");
    assertThat(events).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
    assertThat(events)
        .extracting(CacheLogTest::fields)
        .containsOnly(
            "organization_id=%d key=%s resource=extension"
                .formatted(key.organizationId(), key.redisKey()));
  }

  @Test
  void clearedOrganizationIsLogged() {
    await().until(instance::trusts);
    instance.lookup(key);
    events();
    instance.clear(key.organizationId());

    assertThat(events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.INFO);
              assertThat(event.getFormattedMessage())
                  .isEqualTo("Voice routing cache: Organization cache cleared");
              assertThat(fields(event))
                  .isEqualTo("organization_id=" + key.organizationId() + " evicted=1");
            });
  }

  @Test
  void clearingEverythingIsLoggedAsAll() {
    CacheLog.cleared(OutboxRow.ALL_ORGANIZATIONS, 7, "ops");

    assertThat(events())
        .extracting(CacheLogTest::fields)
        .containsExactly("token_name=ops organization_id=all evicted=7");
  }

  @Test
  void repeatedEvictionOfAnOrganizationIsLoggedOnce() {
    await().until(instance::trusts);
    JdbcTemplate jdbc = new JdbcTemplate(CoherenceDatabase.get().dataSource());
    jdbc.update(
        "insert into routing_cache_eviction (organization_id) values (?)", key.organizationId());
    events();
    instance.disconnect();
    await().until(instance::trusts);

    assertThat(lines())
        .contains("DEBUG Voice routing cache: Organization cache cleared")
        .doesNotContain("INFO Voice routing cache: Organization cache cleared");
  }

  @Test
  void stateChangeIsLoggedOnceWithItsCause() {
    instance.close();
    instance = new EngineInstance(redis, SHORT_TIMEOUT, clock);
    await().until(instance::trusts);
    assertThat(lines()).contains(AVAILABLE);
    clock.advance(Duration.ofSeconds(1));
    redis.pause();
    instance.pass();
    List<ILoggingEvent> lost = events();
    clock.advance(Duration.ofSeconds(1));
    instance.pass();
    assertThat(lines()).containsExactly(UNAVAILABLE); // another cause: it accepts no connection
    clock.advance(Duration.ofSeconds(1));
    instance.pass();
    assertThat(lines()).isEmpty(); // logged before
    redis.resume();
    await().until(instance::trusts);
    assertThat(lines()).filteredOn(line -> !line.startsWith("DEBUG")).containsExactly(AVAILABLE);
    redis.pause();
    instance.pass(); // within the same second
    assertThat(lines()).isEmpty();
    redis.resume();

    assertThat(lost)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel() + " " + event.getFormattedMessage())
                  .isEqualTo(UNAVAILABLE);
              assertThat(fields(event)).endsWith(": Redis did not answer within its time");
            });
  }

  @Test
  void latePassDoesNotReportTheCacheAsAvailable() {
    await().until(instance::trusts);
    passForLongerThanLogsAreHeldBack();
    events();
    instance.duringNextPass(() -> clock.advance(Trust.SPAN));
    instance.pass();

    assertThat(lines()).containsExactly(UNAVAILABLE);
  }

  @Test
  void databaseFailureIsLoggedWithItsOwnCause() {
    instance.close();
    instance = new EngineInstance(redis, SHORT_TIMEOUT, clock);
    await().until(instance::trusts);
    passForLongerThanLogsAreHeldBack();
    clock.advance(Trust.SPAN);
    events();
    instance.cutRelayOff(true);
    redis.pause();
    instance.pass();
    redis.resume();
    instance.cutRelayOff(false);

    assertThat(events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage()).contains("Database unavailable");
              assertThat(fields(event)).endsWith("The relay is cut off");
            });
  }

  private void passForLongerThanLogsAreHeldBack() {
    for (int i = 0; i < 2; i++) {
      clock.advance(Duration.ofMillis(900));
      instance.pass();
    }
  }

  @Test
  void failedPassWithinTheTrustSpanIsNotLogged() {
    await().until(instance::trusts);
    clock.advance(Duration.ofMillis(900));
    instance.trusts();
    clock.advance(Duration.ofMillis(900));
    events();
    instance.cutRelayOff(true);
    instance.pass();
    assertThat(lines()).isEmpty();
    clock.advance(Duration.ofMillis(200));
    instance.pass();

    assertThat(lines())
        .containsExactly(
            "WARN Voice routing cache: Database unavailable, answering from cache (degraded)");
    instance.cutRelayOff(false);
  }

  @Test
  void failedLoadsAreLoggedAndCounted() {
    await().until(instance::trusts);
    events();
    instance
        .extensions()
        .afterEveryRead(
            () -> {
              throw new PermissionDeniedDataAccessException(
                  "no", new IllegalStateException("why\n  Position: 61", new TimeoutException()));
            });

    assertThat(instance.lookup(key)).isInstanceOf(Lookup.Unavailable.class);
    assertThat(instance.lookup(key)).isInstanceOf(Lookup.Unavailable.class);
    assertThat(instance.failedLoads()).isEqualTo(2);
    assertThat(events())
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement() // the second is too soon
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage())
                  .isEqualTo("Voice routing cache: Extension could not be loaded");
              assertThat(fields(event))
                  .isEqualTo(
                      "cause=java.lang.IllegalStateException: why Position: 61 resource=extension");
            });
  }
}
