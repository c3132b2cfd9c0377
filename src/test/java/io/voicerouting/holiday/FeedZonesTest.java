package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.common.TimeZones;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedZonesTest {

  @Test
  void everyWindowsNameHasAZone() throws IOException {
    List<String> lines;
    try (InputStream file = FeedZones.class.getResourceAsStream("windows-zones.txt")) {
      lines =
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    assertThat(lines).hasSizeGreaterThan(130).doesNotHaveDuplicates();
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(TimeZones.names()).contains(line.substring(line.indexOf('=') + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, Europe/Berlin",
    "W. Europe Standard Time, Europe/Berlin",
    "Eastern Standard Time, America/New_York",
    "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Salta, America/Argentina/Salta",
    "UTC, UTC",
    "EST, America/Panama",
  })
  void namesAreResolved(String name, String zone) {
    assertThat(FeedZones.resolve(name)).isEqualTo(ZoneId.of(zone));
  }
}
