package io.voicerouting.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Jobs that go on beside a test until it ends them. */
final class Repeated {

  private Repeated() {}

  /** Repeats a step until the flag is set; fails with the first failure of a step. */
  static CompletableFuture<Void> until(AtomicBoolean over, Runnable step) {
    return CompletableFuture.runAsync(
        () -> {
          while (!over.get()) {
            step.run();
          }
        },
        Thread::startVirtualThread);
  }
}
