package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CachedResource;
import io.voicerouting.testing.IntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code docs/configuration.md} lists every setting as the code has it. */
@IntegrationTest
class ConfigurationReferenceTest {

  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final Path GENERATED = Path.of("target/configuration.md");

  @Autowired private List<CachedResource<?>> resources;

  @Test
  void pageIsUpToDate() throws IOException {
    String generated = new ConfigurationReference(resources).markdown();
    Files.writeString(GENERATED, generated);

    assertThat(PAGE)
        .as("Out of date: cp %s %s", GENERATED, PAGE)
        .content()
        .isEqualToNormalizingNewlines(generated);
  }

  @Test
  void settingsOfTheExampleFileAreOnThePage() throws IOException {
    String page = Files.readString(PAGE).replace("-", "").replace('.', '_');

    List<String> names =
        Pattern.compile("^#?([A-Z_]+)=", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of(".env.example")))
            .results()
            .map(MatchResult::group)
            .map(line -> line.replaceAll("[#=]", ""))
            .toList();
    assertThat(names).isNotEmpty();
    assertThat(names).allSatisfy(name -> assertThat(page).containsIgnoringCase(name));
  }
}
