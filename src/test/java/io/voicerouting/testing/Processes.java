package io.voicerouting.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Signals for a server's process and all that it has started. */
final class Processes {

  private static final long EXIT_TIMEOUT_SECONDS = 5;

  private Processes() {}

  /** SIGKILL, which paused processes obey too; returns when they have ended. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> all = tree(root);
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, EXIT_TIMEOUT_SECONDS, TimeUnit.SECONDS) // nobody may reap them
        .join();
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
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interruption);
    }
  }
}
