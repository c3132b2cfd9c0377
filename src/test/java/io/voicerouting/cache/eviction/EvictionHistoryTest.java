package io.voicerouting.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.RecentEvictions;
import io.voicerouting.cache.support.EntryEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which entries are reported as expired. */
@EngineTest
class EvictionHistoryTest {

  private static final Duration TTL = Duration.ofMinutes(1);
  private static final long ORGANIZATION = 77_771;
  private static final CacheKey KEY = new CacheKey("extension", ORGANIZATION, "1001");

  private final DataSource database = CoherenceDatabase.get().dataSource();
  private Instant now = Instant.now();
  private final EntryEvents events = new EntryEvents(() -> now);
  private final EvictionHistory history = new EvictionHistory(database, events, List.of());

  @BeforeEach
  void forgetRows() {
    JdbcClient.create(database)
        .sql("delete from routing_cache_eviction where organization_id = ?")
        .param(ORGANIZATION)
        .update();
  }

  /** Stores an entry and reads the history when its TTL is over. */
  private List<EvictionCause> causes(Instant storedAt) {
    now = storedAt;
    events.recordStored(KEY, TTL);
    now = storedAt.plus(TTL);
    return history.find(ORGANIZATION, KEY, null, 50).items().stream()
        .map(RecentEvictions.Item::cause)
        .toList();
  }

  /** The lookup that misses after an expiry stores the next entry at once. */
  @Test
  void expiryIsReportedAlthoughTheNextEntryIsStored() {
    Instant first = Instant.now().plus(Duration.ofDays(300));
    events.recordStored(KEY, TTL.minusSeconds(10));
    now = first;
    events.recordStored(KEY, TTL);
    now = first.plus(TTL).plusMillis(1);
    events.recordStored(KEY, TTL);
    Instant refreshed = now.plusSeconds(10);
    now = refreshed;
    events.recordStored(KEY, TTL); // replaces an entry that has not expired

    assertThat(expiries()).containsExactly(first.plus(TTL));
    now = refreshed.plus(TTL);
    assertThat(expiries()).containsExactly(refreshed.plus(TTL), first.plus(TTL));
  }

  private List<Instant> expiries() {
    return history.find(ORGANIZATION, KEY, null, 50).items().stream()
        .filter(item -> item.cause() == EvictionCause.EXPIRED)
        .map(RecentEvictions.Item::statedAt)
        .toList();
  }

  @Test
  void entryThatWasEvictedHasNotExpired() {
    var unused = new Outbox(database).add(KEY, "ops");

    assertThat(causes(Instant.now().minusSeconds(30)))
        .contains(EvictionCause.OPERATOR)
        .doesNotContain(EvictionCause.EXPIRED);
  }

  @Test
  void entryThatWasEvictedWithItsOrganizationHasNotExpired() {
    var unused = new Outbox(database).add(ORGANIZATION, "ops");

    assertThat(causes(Instant.now().minusSeconds(30))).doesNotContain(EvictionCause.EXPIRED);
  }

  @Test
  void entryExpiredThatWasEvictedBeforeItWasStoredOrAfterwards() {
    var unused = new Outbox(database).add(KEY, "ops");

    Instant nextYear = Instant.now().plus(Duration.ofDays(365));
    assertThat(causes(nextYear)).startsWith(EvictionCause.EXPIRED);
    Instant lastYear = Instant.now().minus(Duration.ofDays(365));
    assertThat(causes(lastYear)).startsWith(EvictionCause.OPERATOR).endsWith(EvictionCause.EXPIRED);
  }
}
