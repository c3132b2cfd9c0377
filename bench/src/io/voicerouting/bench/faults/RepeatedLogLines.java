package io.voicerouting.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line of a growing log file that is repeated most often within a second. */
final class RepeatedLogLines {

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Pattern LINE =
      Pattern.compile("(\\S+T\\S+)\\s+([A-Z]+) \\d+ --- \\[[^]]*] \\[[^]]*] (.*)");

  /** Parts that differ between repetitions: numbers and identity hashes. */
  private static final Pattern VARIABLE = Pattern.compile("@[0-9a-f]+|\\d+");

  private final Path log;
  private long offset;

  RepeatedLogLines(Path log) {
    this.log = log;
  }

  /**
   * A line and how often it was logged within a second.
   *
   * @param text the line with {@code #} for its variable parts
   */
  record Repeated(int times, String text) {}

  /** The line repeated most often since the last call. */
  Repeated next() {
    Map<String, Deque<Instant>> recent = new HashMap<>();
    Repeated most = new Repeated(0, "");
    for (String line : added().split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue; // a continuation, such as a stack trace
      }
      Instant at = OffsetDateTime.parse(matcher.group(1)).toInstant();
      String text = matcher.group(2) + " " + VARIABLE.matcher(matcher.group(3)).replaceAll("#");
      Deque<Instant> times = recent.computeIfAbsent(text, same -> new ArrayDeque<>());
      times.addLast(at);
      while (!times.getFirst().plus(WINDOW).isAfter(at)) {
        times.removeFirst();
      }
      if (times.size() > most.times()) {
        most = new Repeated(times.size(), text);
      }
    }
    return most;
  }

  private String added() {
    try {
      byte[] whole = Files.readAllBytes(log);
      int from = (int) offset;
      offset = whole.length;
      return new String(whole, from, whole.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
