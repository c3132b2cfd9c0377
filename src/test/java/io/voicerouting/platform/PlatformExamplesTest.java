package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.FileSystemResource;

/** The other files in {@code examples}, without the platforms. */
class PlatformExamplesTest {

  private static final Path EXAMPLES = Path.of("examples");

  @ParameterizedTest
  @ValueSource(strings = {"asterisk", "freeswitch", "jambonz", "kamailio", "opensips", "twilio"})
  void instructionsAreShortAndSayWhatHappensWhenTheServiceIsDown(String platform)
      throws IOException {
    List<String> lines = Files.readAllLines(EXAMPLES.resolve(platform).resolve("README.md"));

    assertThat(lines).hasSizeLessThanOrEqualTo(12).allMatch(line -> line.length() <= 120);
    assertThat(String.join(" ", lines))
        .contains("**See that it works**", "**When we are down**", "dev-platform-token");
  }

  @Test
  void asteriskWaitsASecond() throws IOException {
    assertThat(read("asterisk/res_curl.conf")).contains("\nconntimeout=1\n", "\nhttptimeout=1\n");
    assertThat(read("asterisk/extconfig.conf")).contains("=> curl,http://", "/routing/asterisk");
    assertThat(read("asterisk/extensions.conf"))
        .contains("switch => Realtime/@", "/p\n", "hashcompat)=yes", "httptimeout)=1");
  }

  @Test
  void kamailioAsksOncePerCall() throws IOException {
    String script = read("kamailio/kamailio.cfg");

    assertThat(script)
        .contains("modparam(\"http_client\", \"authmethod\", 1)", "s.urlencode.param")
        .doesNotContain("s.escape.param");
    assertThat(script.indexOf("t_newtran()")).isPositive().isLessThan(script.indexOf("route(ASK)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"twilio", "jambonz"})
  void settingsAreValid(String platform) throws IOException {
    MutablePropertySources sources = new MutablePropertySources();
    new YamlPropertySourceLoader()
        .load(platform, new FileSystemResource(EXAMPLES.resolve(platform + "/application.yml")))
        .forEach(sources::addLast);
    Binder binder = new Binder(ConfigurationPropertySources.from(sources));

    SignatureProperties signature =
        binder.bindOrCreate(SignatureProperties.PREFIX, SignatureProperties.class);
    assertThat(signature.secrets()).hasSize(1);
    assertThat(new PublicUrl(signature)).isNotNull();
    ActionSettings settings =
        platform.equals("twilio")
            ? binder.bindOrCreate(TwimlProperties.PREFIX, TwimlProperties.class)
            : binder.bindOrCreate(JambonzProperties.PREFIX, JambonzProperties.class);
    assertThat(new ActionTemplates(platform, settings, SipUris.RULES).useDomain()).isTrue();
  }

  private static String read(String file) throws IOException {
    return Files.readString(EXAMPLES.resolve(file));
  }
}
