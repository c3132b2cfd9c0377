package io.voicerouting.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process, distinct from a later one with the same process id.
 *
 * @param pid the process's number
 * @param start when it started
 */
record ProcessIdentity(long pid, Instant start) {

  /** Each JVM computes start instants from the clock at its own start, so two JVMs may differ. */
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

  /** Finds the process if it is running. */
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
