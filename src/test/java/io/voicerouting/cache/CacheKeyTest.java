package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheKeyTest {

  /** As many as a {@link java.util.concurrent.ConcurrentHashMap} has for 40,000 keys. */
  private static final int BUCKETS = 1 << 16;

  @Test
  void equalKeysHaveEqualHashes() {
    CacheKey key = new CacheKey("extension", 7, "1001");
    CacheKey same = new CacheKey(new String("extension"), 7, new String("1001"));

    assertThat(same).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(new CacheKey("organization", 7, null))
        .isEqualTo(new CacheKey("organization", 7, null))
        .hasSameHashCodeAs(new CacheKey("organization", 7, null));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1001, 400", // short numbers
    "400, 2000, 100",
    "20, 49301234000, 2000", // E.164 numbers
    "40000, 1001, 1" // one number of many organizations
  })
  void sequentialKeysHaveDifferentHashes(int organizations, long firstNumber, int numbers) {
    List<CacheKey> keys = keys(organizations, firstNumber, numbers);

    Set<Integer> hashes = keys.stream().map(CacheKey::hashCode).collect(Collectors.toSet());

    // Of 40,000 random hashes, 0.2 are expected to be equal to another.
    assertThat(keys.size() - hashes.size()).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"100, 1001, 400", "400, 2000, 100", "20, 49301234000, 2000", "40000, 1001, 1"})
  void sequentialKeysSpreadOverBuckets(int organizations, long firstNumber, int numbers) {
    Map<Integer, Integer> buckets = new HashMap<>();
    for (CacheKey key : keys(organizations, firstNumber, numbers)) {
      int hash = key.hashCode();
      buckets.merge((hash ^ hash >>> 16) & BUCKETS - 1, 1, Integer::sum);
    }

    // Random hashes fill 29,939 buckets; more than 9 in one are unlikely.
    assertThat(buckets).hasSizeBetween(29_000, 40_000);
    assertThat(buckets.values()).allMatch(size -> size <= 9);
  }

  @Test
  void documentsWithoutIdentifierSpread() {
    Set<Integer> hashes =
        keys(20_000, 0, 1).stream()
            .map(key -> new CacheKey("business_hours", key.organizationId(), null).hashCode())
            .collect(Collectors.toSet());

    assertThat(hashes).hasSizeGreaterThan(19_995);
  }

  private static List<CacheKey> keys(int organizations, long firstNumber, int numbers) {
    List<CacheKey> keys = new ArrayList<>();
    for (int organization = 1; organization <= organizations; organization++) {
      for (int number = 0; number < numbers; number++) {
        keys.add(new CacheKey("extension", organization, Long.toString(firstNumber + number)));
      }
    }
    return keys;
  }
}
