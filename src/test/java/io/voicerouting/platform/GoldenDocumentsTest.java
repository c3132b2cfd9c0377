package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden documents are named after a file of the platform's source and the rule in it. */
class GoldenDocumentsTest {

  private static final List<String> SOURCES =
      List.of(
          "app_confbridge", // of Asterisk
          "app_dial",
          "app_queue",
          "app_voicemail",
          "chan_pjsip",
          "pbx",
          "pbx_realtime",
          "pbx_variables",
          "res_config_curl",
          "mod_conference", // of FreeSWITCH
          "mod_dptools",
          "mod_sofia",
          "mod_voicemail",
          "mod_xml_curl",
          "switch_channel",
          "switch_ivr_originate",
          "switch_types",
          "switch_xml");

  @ParameterizedTest
  @CsvSource({"asterisk, AsteriskAdapterTest", "freeswitch, FreeSwitchAdapterTest"})
  void everyDocumentIsUsedAndNamedAfterARule(String platform, String test) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/voicerouting/platform", test + ".java"));
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/platform", platform))) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replaceFirst("\\..*", "")).toList();

      assertThat(names)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(source).contains(name))
          .allSatisfy(name -> assertThat(SOURCES).contains(name.split("-", -1)[0]))
          .allSatisfy(name -> assertThat(name).matches("[a-z_]+-[A-Za-z0-9_-]+"));
    }
  }
}
