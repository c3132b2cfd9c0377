package io.voicerouting.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** What was typed. With {@code --quick} everything is short, and results are only printed. */
final class CommandLine {

  private final SimpleCommandLinePropertySource options;
  private final String text;

  CommandLine(String command, String... arguments) {
    options = new SimpleCommandLinePropertySource(arguments);
    text = (command + " " + String.join(" ", arguments)).strip();
  }

  boolean quick() {
    return options.containsProperty("quick");
  }

  @Nullable String value(String name) {
    return options.getProperty(name);
  }

  int number(String name, int usual, int quick) {
    String value = options.getProperty(name);
    if (value != null) {
      return Integer.parseInt(value);
    }
    return quick() ? quick : usual;
  }

  /** Connections that the load generator keeps busy. */
  int connections() {
    return number("connections", 16, 16);
  }

  /** Whether results are kept: those of a short or partial run are only printed. */
  boolean keeps() {
    return !quick() && value("only") == null;
  }

  /** Where results come from, in one line. */
  String origin() {
    return Machine.describe(text);
  }

  /** Prints a section of results, and keeps it if it is to be kept. */
  void report(String section, String markdown) throws IOException {
    String body = markdown.replaceFirst("\n", "\n\n" + origin() + "\n");
    System.out.println(body);
    if (keeps()) {
      Results.replace(section, body);
    }
  }
}
