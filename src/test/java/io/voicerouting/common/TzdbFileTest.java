package io.voicerouting.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.testing.MadeTzdb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TzdbFileTest {

  private static final Path OF_THE_JDK = Path.of(System.getProperty("java.home"), "lib/tzdb.dat");

  @TempDir private Path directory;

  @AfterEach
  void useRulesOfJvm() {
    TimeZones.useRulesOfJvm();
  }

  @Test
  void fileOfTheJdkHasTheRulesOfTheJvm() throws IOException {
    String version = TimeZones.version();
    TimeZones.useRulesOf(OF_THE_JDK);

    assertThat(TimeZones.version()).isEqualTo(version);
    for (String name : TimeZones.names()) {
      String region = TimeZones.resolve(name).getId();
      assertThat(region).startsWith("tzdb-" + version);
      assertThat(TimeZones.resolve(name).getRules())
          .isEqualTo(ZoneRulesProvider.getRules(region.substring(region.indexOf('/') + 1), false));
    }
  }

  @Test
  void zonesOfTheFileReplaceAndExtendThoseOfTheJvm() throws IOException {
    ZoneRules rules = ZoneRules.of(ZoneOffset.ofHours(3));
    TimeZones.useRulesOf(
        MadeTzdb.write(
            directory.resolve("tzdb.dat"),
            "2027z",
            Map.of("Europe/Berlin", rules, "Europe/Newtown", rules, "PST", rules)));

    assertThat(TimeZones.version()).isEqualTo("2027z");
    assertThat(TimeZones.resolve("Europe/Berlin").getRules()).isEqualTo(rules);
    assertThat(TimeZones.resolve("Europe/Newtown").getRules()).isEqualTo(rules);
    assertThat(TimeZones.resolve("Europe/Paris").getId()).isEqualTo("Europe/Paris");
    assertThat(TimeZones.check("timezone", "Europe/Newtown")).isEmpty();
    assertThat(TimeZones.check("timezone", "PST")).hasSize(1);

    TimeZones.useRulesOfJvm();

    assertThat(TimeZones.resolve("Europe/Berlin").getRules()).isNotEqualTo(rules);
    assertThat(TimeZones.check("timezone", "Europe/Newtown")).hasSize(1);
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(OF_THE_JDK);
    byte[] otherFormat = bytes.clone();
    otherFormat[4] = 'X';

    for (byte[] damaged :
        new byte[][] {
          {}, otherFormat, Arrays.copyOf(bytes, bytes.length / 2), Arrays.copyOf(bytes, 2_000)
        }) {
      Path file = Files.write(directory.resolve("tzdb.dat"), damaged);
      assertThatThrownBy(() -> TimeZones.useRulesOf(file)).isInstanceOf(IOException.class);
    }
    assertThat(TimeZones.resolve("Europe/Berlin").getId()).isEqualTo("Europe/Berlin");
  }
}
