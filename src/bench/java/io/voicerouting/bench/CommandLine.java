package io.voicerouting.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** What was typed. With {@code --quick} everything is short, and results are only printed. */
final class CommandLine {

  private final SimpleCommandLinePropertySource options;
  private final String text;

  /**
   * Takes what was typed; the process ends when that is not what the command knows.
   *
   * @param names of its options, beside {@code quick}
   */
  CommandLine(String command, String[] arguments, String... names) {
    options = new SimpleCommandLinePropertySource(arguments);
    text = (command + " " + String.join(" ", arguments)).strip();
    TreeSet<String> known = new TreeSet<>(Arrays.asList(names));
    known.add("quick");
    for (String argument : arguments) {
      String name = argument.replaceFirst("^--([^=]*).*", "$1");
      if (name.equals(argument) || !known.contains(name)) {
        refuse(argument, "--" + String.join(", --", known));
      }
    }
  }

  private static void refuse(String typed, String expected) {
    System.err.println(typed + " (expected: " + expected + ")");
    System.exit(2);
  }

  boolean quick() {
    return options.containsProperty("quick");
  }

  /**
   * What {@code --only=one,other} says.
   *
   * @param known what there is
   * @return all there is without that option
   */
  List<String> only(List<String> known) {
    String value = options.getProperty("only");
    List<String> only = value == null ? known : Arrays.asList(value.split(",", -1));
    for (String one : only) {
      if (!known.contains(one)) {
        refuse("--only=" + one, String.join(", ", known));
      }
    }
    return only;
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
    return !quick() && !options.containsProperty("only");
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
