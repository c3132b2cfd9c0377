package io.voicerouting.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process, told from a later one that got the same number.
 *
 * @param pid the process's number
 * @param start when it started
 */
record ProcessIdentity(long pid, Instant start) {

  /** Each JVM computes start instants from the clock's state when it started itself. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(
        process.pid(), process.info().startInstant().orElseThrow(IllegalStateException::new));
  }

  /** Reads what {@link #toString} wrote. */
  static ProcessIdentity parse(String text) {
    int at = text.indexOf('@');
    return new ProcessIdentity(
        Long.parseLong(text.substring(0, at)), Instant.parse(text.substring(at + 1)));
  }

  /** The process while it lives. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().filter(this::isStart).isPresent());
  }

  private boolean isStart(Instant instant) {
    return Duration.between(start, instant).abs().compareTo(CLOCK_TOLERANCE) <= 0;
  }

  @Override
  public String toString() {
    return pid + "@" + start;
  }
}
