package io.voicerouting.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.ManualClock;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.document.LoadResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationEvictionsTest {

  private static final Duration NEGATIVE_ENTRY = Duration.ofSeconds(63);
  private static final Duration DOCUMENT = Duration.ofMinutes(35);
  private static final CacheKey KEY = new CacheKey("extension", 7, "101");
  private static final LoadResult<String> ABSENT = new LoadResult<>(null, null);

  private final ManualClock clock = new ManualClock();
  private final OrganizationEvictions evictions = new OrganizationEvictions(clock, NEGATIVE_ENTRY);

  private static LoadResult<String> document(String snapshot) {
    return new LoadResult<>("document", DatabaseSnapshot.parse(snapshot));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30:30:       | false",
        "20:20:       | true", // the mark of 20 had not begun
        "12:30:12     | false", // of no mark
        "20:30:20     | true",
        "10:30:10     | true",
        "10:30:10,20  | true",
        "10:10:       | true"
      })
  void documentIsVoidUnlessItsLoadSawEveryMark(String snapshot, boolean isVoid) {
    evictions.add(7, 20);
    evictions.add(7, 10);
    evictions.add(7, 15);

    assertThat(evictions.voids(KEY, KEY.organizationId(), document(snapshot))).isEqualTo(isVoid);
    assertThat(evictions.voidsLoaded(KEY, KEY.organizationId(), document(snapshot), 0))
        .isEqualTo(isVoid);
  }

  @Test
  void markVoidsDocumentsThatItsOrganizationOwns() {
    CacheKey number = new CacheKey("phone_number", CacheKey.NO_ORGANIZATION, "15550100");
    evictions.add(8, 20);

    assertThat(evictions.voids(number, 8, document("10:10:"))).isTrue();
    assertThat(evictions.voids(number, 8, document("30:30:"))).isFalse();
    assertThat(evictions.voidsLoaded(number, 8, document("10:10:"), 0)).isTrue();
    assertThat(evictions.voids(number, 9, document("10:10:"))).isFalse();
  }

  @Test
  void markWithoutOrganizationVoidsNoOtherDocument() {
    evictions.add(CacheKey.NO_ORGANIZATION, 20);

    assertThat(evictions.voids(KEY, KEY.organizationId(), document("10:10:"))).isFalse();
    CacheKey number = new CacheKey("phone_number", CacheKey.NO_ORGANIZATION, "15550100");
    assertThat(evictions.voids(number, 7, document("10:10:"))).isTrue();
    assertThat(evictions.voids(number, CacheKey.NO_ORGANIZATION, ABSENT)).isTrue();
  }

  @Test
  void markVoidsOnlyDocumentsOfItsOrganization() {
    evictions.add(8, 20);
    assertThat(evictions.voids(KEY, KEY.organizationId(), document("10:10:"))).isFalse();
    assertThat(evictions.voids(KEY, KEY.organizationId(), ABSENT)).isFalse();
    evictions.add(OutboxRow.ALL_ORGANIZATIONS, 20);

    assertThat(evictions.voids(KEY, KEY.organizationId(), document("10:10:"))).isTrue();
    assertThat(evictions.voids(KEY, KEY.organizationId(), ABSENT)).isTrue();
  }

  @Test
  void repeatedMarkKeepsItsArrival() {
    evictions.add(7, 20);
    long arrivals = evictions.arrivals();
    clock.advance(Duration.ofSeconds(60));
    evictions.add(7, 20);

    assertThat(evictions.arrivals()).isEqualTo(arrivals);
    clock.advance(Duration.ofSeconds(4));
    assertThat(evictions.voids(KEY, KEY.organizationId(), ABSENT)).isFalse();
  }

  @Test
  void confirmedAbsenceIsUsedUntilTheNextMark() {
    evictions.add(7, 20);
    evictions.confirmAbsence(KEY, evictions.arrivals());
    assertThat(evictions.voids(KEY, KEY.organizationId(), ABSENT)).isFalse();
    evictions.add(OutboxRow.ALL_ORGANIZATIONS, 21);

    assertThat(evictions.voids(KEY, KEY.organizationId(), ABSENT)).isTrue();
  }

  @Test
  void absenceLoadedBeforeTheMarkIsNotConfirmed() {
    evictions.add(7, 20);
    long before = evictions.arrivals();
    evictions.add(7, 21);
    evictions.confirmAbsence(KEY, before);

    assertThat(evictions.voids(KEY, KEY.organizationId(), ABSENT)).isTrue();
  }

  @Test
  void marksAreForgottenOnceNoDocumentFromBeforeThemIsLeft() {
    evictions.add(7, 20);
    clock.advance(DOCUMENT);
    evictions.add(7, 30);
    evictions.forgetExpired(DOCUMENT);
    assertThat(evictions.voids(KEY, KEY.organizationId(), document("20:20:"))).isTrue();
    clock.advance(Duration.ofMillis(1));
    evictions.forgetExpired(DOCUMENT);

    assertThat(evictions.voids(KEY, KEY.organizationId(), document("20:31:20"))).isFalse();
    assertThat(evictions.voids(KEY, KEY.organizationId(), document("20:30:"))).isTrue();
  }

  @Test
  void marksOfASessionThatBeginsAreKeptAsLongAsNewOnes() {
    evictions.add(7, 20);
    clock.advance(DOCUMENT);
    evictions.renewMarks();
    clock.advance(DOCUMENT);
    evictions.forgetExpired(DOCUMENT);

    assertThat(evictions.voids(KEY, KEY.organizationId(), document("20:20:"))).isTrue();
  }

  @Test
  void documentFromTheFutureIsVoidWhileTheLastPassIsGood() {
    evictions.recordPass(DatabaseSnapshot.parse("90:100:"), clock.getAsLong());
    long newest = 100 + OrganizationEvictions.MAX_XIDS_BETWEEN_PASSES;
    assertThat(evictions.voids(KEY, KEY.organizationId(), document("90:" + newest + ":")))
        .isFalse();
    assertThat(evictions.voids(KEY, KEY.organizationId(), document("90:" + (newest + 1) + ":")))
        .isTrue();
    clock.advance(Duration.ofMillis(1001));

    assertThat(evictions.voids(KEY, KEY.organizationId(), document("90:" + (newest + 1) + ":")))
        .isFalse();
  }
}
