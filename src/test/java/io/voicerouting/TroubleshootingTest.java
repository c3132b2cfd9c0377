package io.voicerouting;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every warning, error and failure to start is a row of README's table "you see". */
class TroubleshootingTest {

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A statement that logs a warning or an error, or says why the service does not start. */
  private static final Pattern REPORT =
      Pattern.compile(
          "(?:\\b(?:warn|error|atWarn|atError|warning)\\("
              + "|new (?:FailureAnalysis|UnsuitableDatabaseException)\\()(?:"
              + LITERAL.pattern()
              + "|[^;\"])*;");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{}");
  private static final String PREFIX = "Voice routing cache: ";
  private static final int SHORTEST =
      11; // what is shorter, such as a product's name, tells nothing
  private static final int COMPARED = 24;

  @Test
  void everyReportIsInTheTable() throws IOException {
    String table = table();
    List<String> reports = reports();

    assertThat(reports).hasSizeGreaterThan(25);
    assertThat(reports).allSatisfy(report -> assertThat(table).contains(report));
  }

  /** The first column, which may leave out what is inserted into a message. */
  private static String table() throws IOException {
    return Files.readString(Path.of("README.md"))
        .lines()
        .dropWhile(line -> !line.startsWith("| you see |"))
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split(" \\| ", 2)[0])
        .collect(joining("\n"));
  }

  /** The beginning of each report's text. */
  private static List<String> reports() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> REPORT.matcher(read(file)).results())
          .flatMap(report -> beginning(report).stream())
          .distinct()
          .toList();
    }
  }

  private static Optional<String> beginning(MatchResult report) {
    return LITERAL
        .matcher(report.group())
        .results()
        .map(literal -> literal.group(1).replace(PREFIX, ""))
        .flatMap(PLACEHOLDER::splitAsStream)
        .map(String::strip)
        .filter(text -> text.contains(" ") && text.length() >= SHORTEST)
        .map(text -> text.substring(0, Math.min(COMPARED, text.length())))
        .findFirst();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
