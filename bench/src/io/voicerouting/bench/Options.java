package io.voicerouting.bench;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * Command line options of the form {@code --name=value}. {@code --quick} replaces every default by
 * a short one. An invalid option ends the process with status 2 and a message that names the valid
 * ones.
 */
public final class Options {

  private final SimpleCommandLinePropertySource source;

  /**
   * Parses the arguments of a main method.
   *
   * @param names accepted options in addition to {@code --quick}
   */
  public Options(String[] arguments, String... names) {
    source = new SimpleCommandLinePropertySource(arguments);
    Set<String> known = new TreeSet<>(List.of(names));
    known.add("quick");
    for (String argument : arguments) {
      if (!argument.startsWith("--") || !known.contains(argument.substring(2).split("=", 2)[0])) {
        reject(argument, "--" + String.join(", --", known));
      }
    }
  }

  /** The value of an option, or one of the defaults. */
  public int number(String name, int standard, int quick) {
    String value = source.getProperty(name);
    if (value == null) {
      return source.containsProperty("quick") ? quick : standard;
    }
    if (!value.matches("[1-9]\\d{0,5}")) {
      reject("--" + name + "=" + value, "a number from 1 to 999999");
    }
    return Integer.parseInt(value);
  }

  /** The value of an option in seconds, or one of the defaults. */
  public Duration seconds(String name, int standard, int quick) {
    return Duration.ofSeconds(number(name, standard, quick));
  }

  /** The numbers listed in an option, or the defaults; none if its value is empty. */
  List<Integer> numbers(String name, List<Integer> standard) {
    String value = source.getProperty(name);
    if (value == null) {
      return standard;
    }
    if (!value.matches("([1-9]\\d{0,5}(,[1-9]\\d{0,5})*)?")) {
      reject("--" + name + "=" + value, "numbers from 1 to 999999, such as 1000,5000");
    }
    return value.isEmpty() ? List.of() : Stream.of(value.split(",")).map(Integer::valueOf).toList();
  }

  /** Whether an option was given. */
  boolean has(String name) {
    return source.containsProperty(name);
  }

  /** Connections that the load generator keeps busy. */
  int connections() {
    return number("connections", 16, 16);
  }

  /** The constants listed in {@code --only=first,second}; all constants without that option. */
  public <E extends Enum<E>> Set<E> only(Class<E> type) {
    return only("only", type);
  }

  /** The constants listed in an option; all constants without that option. */
  <E extends Enum<E>> Set<E> only(String name, Class<E> type) {
    String value = source.getProperty(name);
    if (value == null) {
      return EnumSet.allOf(type);
    }
    List<String> known = EnumSet.allOf(type).stream().map(Options::code).toList();
    List<String> listed = List.of(value.split(",", -1));
    for (String one : listed) {
      if (!known.contains(one)) {
        reject("--" + name + "=" + one, String.join(", ", known));
      }
    }
    Set<E> constants = EnumSet.allOf(type);
    constants.removeIf(constant -> !listed.contains(code(constant)));
    return constants;
  }

  /** The name of a constant in options, profiles and file names. */
  public static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void reject(String argument, String expected) {
    System.err.println(argument + " (expected: " + expected + ")");
    System.exit(2);
  }
}
