package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.ManualClock;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import org.junit.jupiter.api.Test;

class RememberedDocumentsTest {

  private static final LoadResult<String> LOADED = new LoadResult<>("x", null);
  private static final int FITS = 150; // entries of that length in a megabyte

  private final RememberedDocuments documents = new RememberedDocuments(1 << 20, new ManualClock());

  private static CacheKey key(int number) {
    return new CacheKey("extension", number, "1001");
  }

  private static StoredValue entry(int content) {
    byte[] bytes = new byte[1000];
    bytes[0] = (byte) content;
    return new StoredValue(bytes, 60_000);
  }

  private boolean remembers(int number, StoredValue entry) {
    return documents.find(key(number), entry) != null;
  }

  @Test
  void fullMemoryAdmitsWhatIsReadAgainAndReplacesWhatItHas() {
    for (int number = 0; number < FITS; number++) {
      documents.put(key(number), entry(1), LOADED);
    }
    assertThat(remembers(7, entry(1))).isTrue();
    assertThat(remembers(7, entry(2))).as("other bytes").isFalse();
    for (int number = FITS; number < 2 * FITS; number++) {
      documents.put(key(number), entry(1), LOADED);
    }

    documents.put(key(1000), entry(1), LOADED);
    assertThat(remembers(1000, entry(1))).as("read once").isFalse();
    documents.put(key(1000), entry(1), LOADED);
    assertThat(remembers(1000, entry(1))).as("read again").isTrue();
    documents.put(key(1000), entry(2), LOADED);
    assertThat(remembers(1000, entry(2))).as("changed").isTrue();
  }
}
