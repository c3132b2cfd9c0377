package io.voicerouting.cache.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.ManualClock;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.node.RedisNodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** When the table is read. */
@EngineTest
class HotKeysTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final HotKeyTable table =
      new HotKeyTable(database.dataSource(), new WarmProperties(true, List.of(), 100));
  private final ManualClock clock = new ManualClock();

  @BeforeEach
  void empty() {
    new JdbcTemplate(database.dataSource()).update("delete from routing_cache_hot_key");
  }

  private void add(String extension) {
    table.add(Map.of(new CacheKey("extension", 7, extension), new KeyDemand.LookupCount(7, 1)));
  }

  @Test
  void tableIsReadUntilItHasKeysAndThenEveryTenMinutes() {
    CachedResource<?> extensions = mock(CachedResource.class);
    when(extensions.name()).thenReturn("extension");
    when(extensions.isKey(7, new CacheKey("extension", 7, "101"))).thenReturn(true);
    when(extensions.isKey(7, new CacheKey("extension", 7, "102"))).thenReturn(true);
    HotKeys keys =
        new HotKeys(new KeyDemand(true), table, List.of(extensions), mock(RedisNodes.class), clock);

    keys.run();
    assertThat(keys.count()).isZero();
    add("101");
    keys.run();
    assertThat(keys.count()).isEqualTo(1);
    add("102");
    clock.advance(Duration.ofMinutes(9));
    keys.run();
    assertThat(keys.count()).as("after nine minutes").isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    keys.run();
    assertThat(keys.count()).as("after ten minutes").isEqualTo(2);
  }
}
