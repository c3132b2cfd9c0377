package io.voicerouting.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

  @Test
  void everyNameOfTzdataIsKnownAndResolves() throws IOException {
    List<String> tzdata;
    try (InputStream names = getClass().getResourceAsStream("/tzdata-names.txt")) {
      tzdata =
          new String(Objects.requireNonNull(names).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
    }
    assertThat(tzdata).hasSizeGreaterThan(590);
    assertThat(TimeZones.names()).containsAll(tzdata);
    for (String name : tzdata) {
      assertThat(TimeZones.check("timezone", name)).isEmpty();
      assertThat(TimeZones.resolve(name)).isNotNull();
    }
  }

  @Test
  void everyNameResolves() {
    for (String name : TimeZones.names()) {
      assertThat(TimeZones.resolve(name)).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"EST, -5", "MST, -7", "HST, -10", "ROC, 8", "GMT+0, 0", "GMT-0, 0"})
  void oldNamesHaveTheirOffset(String name, int hours) {
    assertThat(TimeZones.resolve(name).getRules().getOffset(Instant.parse("2026-07-01T00:00:00Z")))
        .isEqualTo(ZoneOffset.ofHours(hours));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SystemV/EST5",
        "PST",
        "CST",
        "IST",
        "Factory",
        "UTC+5",
        "+02:00",
        "Z",
        "europe/berlin",
        ""
      })
  void otherNamesAreRefused(String name) {
    assertThat(TimeZones.check("timezone", name))
        .singleElement()
        .satisfies(
            error -> assertThat(error.message()).startsWith("'" + name + "' (expected: IANA"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC+5", "+02:00", "Mars/Phobos", "", "PST"})
  void storedNamesWithoutRulesDoNotResolve(String name) {
    assertThatThrownBy(() -> TimeZones.resolve(name)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void zonesThatLibrariesRegisterAreRefused() {
    String added = "ical4j~test/Anywhere";
    if (!ZoneRulesProvider.getAvailableZoneIds().contains(added)) {
      ZoneRulesProvider.registerProvider(new OneZone(added));
    }

    assertThat(ZoneId.getAvailableZoneIds()).contains(added);
    assertThat(TimeZones.names()).doesNotContain(added);
    assertThat(TimeZones.check("timezone", added)).hasSize(1);
  }

  private static final class OneZone extends ZoneRulesProvider {

    private final String name;

    OneZone(String name) {
      this.name = name;
    }

    @Override
    protected Set<String> provideZoneIds() {
      return Set.of(name);
    }

    @Override
    protected ZoneRules provideRules(String zoneId, boolean forCaching) {
      return ZoneRules.of(ZoneOffset.UTC);
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
      return new TreeMap<>();
    }
  }
}
