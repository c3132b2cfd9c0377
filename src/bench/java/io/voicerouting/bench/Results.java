package io.voicerouting.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of results, in which each benchmark has a section that it replaces. */
final class Results {

  private static final Path FILE = BenchFiles.KEPT.resolve("RESULTS.md");
  private static final String HEAD =
      "# Benchmark results\n\nEach section was written by the command that it names.\n";

  private Results() {}

  static void replace(String section, String markdown) throws IOException {
    String start = "<!-- " + section + " -->\n";
    String end = "<!-- end of " + section + " -->\n";
    String file = Files.exists(FILE) ? Files.readString(FILE) : HEAD;
    int from = file.indexOf(start);
    int to = file.indexOf(end);
    String text = start + markdown.strip() + "\n" + end;
    Files.writeString(
        FILE,
        from < 0 || to < from
            ? file + "\n" + text
            : file.substring(0, from) + text + file.substring(to + end.length()));
  }
}
