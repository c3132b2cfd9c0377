package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedZonesTest {

  /** Offsets from UTC that Windows shows for its zones, without summer time. */
  private static final String WINDOWS_OFFSETS =
      """
      -12:00 | Dateline
      -11:00 | UTC-11
      -10:00 | Aleutian, Hawaiian
      -09:30 | Marquesas
      -09:00 | Alaskan, UTC-09
      -08:00 | Pacific, Pacific Standard Time (Mexico), UTC-08
      -07:00 | Mountain, Mountain Standard Time (Mexico), US Mountain, Yukon
      -06:00 | Canada Central, Central, Central America, Central Standard Time (Mexico), Easter Island
      -05:00 | Cuba, Eastern, Eastern Standard Time (Mexico), Haiti, SA Pacific, Turks And Caicos, US Eastern
      -04:00 | Atlantic, Central Brazilian, Pacific SA, SA Western, Venezuela
      -03:30 | Newfoundland
      -03:00 | Argentina, Bahia, E. South America, Magallanes, Montevideo, Paraguay, SA Eastern, Saint Pierre, Tocantins
      -02:00 | Greenland, UTC-02
      -01:00 | Azores, Cape Verde
      +00:00 | GMT, Greenwich, Sao Tome
      +01:00 | Central Europe, Central European, Morocco, Romance, W. Central Africa, W. Europe
      +02:00 | E. Europe, Egypt, FLE, GTB, Israel, Kaliningrad, Libya, Middle East, Namibia, South Africa, South Sudan, Sudan, West Bank
      +03:00 | Arab, Arabic, Belarus, E. Africa, Jordan, Russian, Syria, Turkey, Volgograd
      +03:30 | Iran
      +04:00 | Arabian, Astrakhan, Azerbaijan, Caucasus, Georgian, Mauritius, Russia Time Zone 3, Saratov
      +04:30 | Afghanistan
      +05:00 | Ekaterinburg, Pakistan, Qyzylorda, West Asia
      +05:30 | India, Sri Lanka
      +05:45 | Nepal
      +06:00 | Bangladesh, Central Asia, Omsk
      +06:30 | Myanmar
      +07:00 | Altai, N. Central Asia, North Asia, SE Asia, Tomsk, W. Mongolia
      +08:00 | China, North Asia East, Singapore, Taipei, Ulaanbaatar, W. Australia
      +08:45 | Aus Central W.
      +09:00 | Korea, North Korea, Tokyo, Transbaikal, Yakutsk
      +09:30 | AUS Central, Cen. Australia
      +10:00 | AUS Eastern, E. Australia, Tasmania, Vladivostok, West Pacific
      +10:30 | Lord Howe
      +11:00 | Bougainville, Central Pacific, Magadan, Norfolk, Russia Time Zone 10, Sakhalin
      +12:00 | Fiji, New Zealand, Russia Time Zone 11, UTC+12
      +12:45 | Chatham Islands
      +13:00 | Samoa, Tonga, UTC+13
      +14:00 | Line Islands
      """;

  @Test
  void windowsNamesHaveTheOffsetsOfWindows() throws IOException {
    Map<String, ZoneOffset> expected = new TreeMap<>();
    WINDOWS_OFFSETS
        .lines()
        .map(line -> line.split(" \\| ", -1))
        .forEach(
            row -> {
              for (String name : row[1].split(", ", -1)) {
                boolean whole = name.contains("Time") || name.startsWith("UTC");
                expected.put(whole ? name : name + " Standard Time", ZoneOffset.of(row[0]));
              }
            });
    Map<String, ZoneOffset> found = new TreeMap<>();
    try (InputStream file = FeedZones.class.getResourceAsStream("windows-zones.txt")) {
      new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.substring(0, line.indexOf('=')))
          .forEach(name -> found.put(name, winterOffset(FeedZones.resolve(name))));
    }

    assertThat(found).isEqualTo(expected);
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

  private static ZoneOffset winterOffset(ZoneId zone) {
    return Stream.of("2026-01-15T00:00:00Z", "2026-07-15T00:00:00Z")
        .map(at -> zone.getRules().getOffset(Instant.parse(at)))
        .min(Comparator.comparingInt(ZoneOffset::getTotalSeconds))
        .orElseThrow();
  }
}
