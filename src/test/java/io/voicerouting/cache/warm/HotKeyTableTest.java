package io.voicerouting.cache.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.lookup.KeyDemand;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which keys the table keeps, and in which order it returns them. */
@EngineTest
class HotKeyTableTest {

  private static final CacheKey A1 = new CacheKey("extension", 7, "101");
  private static final CacheKey A2 = new CacheKey("extension", 7, "102");
  private static final CacheKey A3 = new CacheKey("business_hours", 7, null);
  private static final CacheKey NUMBER = new CacheKey("phone_number", 0, "4930123456");
  private static final CacheKey BLOCKS = new CacheKey("phone_number_block", 0, null);
  private static final CacheKey B1 = new CacheKey("extension", 8, "101");

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

  @BeforeEach
  void empty() {
    jdbc.update("delete from routing_cache_hot_key");
  }

  private HotKeyTable table(int keys, Long... organizations) {
    return new HotKeyTable(
        database.dataSource(), new WarmProperties(true, List.of(organizations), keys));
  }

  private static KeyDemand.LookupCount asked(long owner, long count) {
    return new KeyDemand.LookupCount(owner, count);
  }

  /** Has everything recorded so far happened a day earlier. */
  private void passADay() {
    jdbc.update(
        "update routing_cache_hot_key set rank = rank - 86400 / 124650.0,"
            + " asked_at = asked_at - interval '1 day'");
  }

  @Test
  void mostRequestedKeysOfEachOwnerAreRead() {
    table(2)
        .add(
            Map.of(
                A1, asked(7, 10),
                A2, asked(7, 1),
                NUMBER, asked(7, 5),
                B1, asked(8, 2),
                BLOCKS, asked(0, 3)));

    assertThat(table(2).read()).containsExactly(A1, NUMBER, BLOCKS, B1);
    table(2).trim();
    assertThat(table(100).read()).containsExactly(A1, NUMBER, BLOCKS, B1);
  }

  @Test
  void lookupOfADayAgoCountsHalf() {
    table(9).add(Map.of(A1, asked(7, 10), A2, asked(7, 4), A3, asked(7, 1)));
    passADay();
    table(9).add(Map.of(A2, asked(7, 4))); // 4 / 2 + 4 > 10 / 2

    assertThat(table(9).read()).containsExactly(A2, A1, A3);
    Double difference =
        jdbc.queryForObject(
            "select exp(max(rank) - min(rank)) from routing_cache_hot_key", Double.class);
    assertThat(difference).isCloseTo(12, within(0.01)); // 6 and 1 / 2
  }

  @Test
  void organizationsOfTheLastDayAreReadUnlessSomeAreNamed() {
    table(9).add(Map.of(A1, asked(7, 10)));
    passADay();
    table(9).add(Map.of(B1, asked(8, 1), BLOCKS, asked(0, 1)));

    assertThat(table(9).read()).containsExactlyInAnyOrder(B1, BLOCKS);
    assertThat(table(9, 7L).read()).containsExactlyInAnyOrder(A1, BLOCKS);
    for (int day = 0; day < 7; day++) {
      passADay();
    }
    table(9).trim();
    assertThat(table(9, 7L, 8L).read()).isEmpty();
  }

  /** Against sums that are kept in full. */
  @Test
  void ranksOrderKeysAsTheirWeightedSumsDo() {
    Random random = new Random(23);
    Map<CacheKey, Double> sums = new HashMap<>();
    for (int day = 0; day < 4; day++) {
      Map<CacheKey, KeyDemand.LookupCount> counts = new HashMap<>();
      for (int i = 0; i < 50; i++) {
        CacheKey key = new CacheKey("extension", 7, "" + random.nextInt(40));
        counts.put(key, asked(7, 1L << random.nextInt(12)));
      }
      sums.replaceAll((key, sum) -> sum / 2);
      passADay();
      counts.forEach((key, asked) -> sums.merge(key, (double) asked.count(), Double::sum));
      table(100).add(counts);
    }
    List<CacheKey> read = table(100, 7L).read();

    assertThat(read).hasSameElementsAs(sums.keySet());
    assertThat(read.stream().map(sums::get).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
  }
}
