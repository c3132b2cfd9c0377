package io.voicerouting.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals for a server's process and all that it has started. */
final class Processes {

  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  private Processes() {}

  /** SIGKILL, which paused processes obey too; returns when they have ended. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> all = tree(root);
    all.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + EXIT_TIMEOUT.toNanos();
    while (all.stream().anyMatch(Processes::runs) && System.nanoTime() < deadline) {
      sleep();
    }
  }

  /** A process that has ended but whose parent has not noticed has no command any more. */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /** SIGSTOP: nothing runs, connections stay open. */
  static void pause(ProcessHandle root) {
    signal("-STOP", Stream.of(root)); // so that it starts nothing more
    signal("-STOP", root.descendants());
  }

  /** SIGCONT. */
  static void resume(ProcessHandle root) {
    signal("-CONT", tree(root).stream());
  }

  private static List<ProcessHandle> tree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants()).toList();
  }

  private static void signal(String signal, Stream<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes.map(process -> Long.toString(process.pid())).forEach(command::add);
    if (command.size() == 2) {
      return;
    }
    try {
      // Its exit status is not looked at: one of them may have ended meanwhile.
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    } catch (InterruptedException interruption) {
      throw interrupted(interruption);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_INTERVAL);
    } catch (InterruptedException interruption) {
      throw interrupted(interruption);
    }
  }

  private static IllegalStateException interrupted(InterruptedException interruption) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(interruption);
  }
}
