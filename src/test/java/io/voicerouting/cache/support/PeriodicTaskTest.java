package io.voicerouting.cache.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What runs the relay and the tracking of the near cache. */
class PeriodicTaskTest {

  @Test
  void runsAgainAfterAnyFailureUntilItIsStopped() {
    AtomicInteger steps = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    PeriodicTask task =
        new PeriodicTask(
            "paced",
            Duration.ofMillis(1),
            () -> {
              switch (steps.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("A surprise");
                case 2 -> throw new AssertionError("Another");
                default -> {}
              }
            },
            () -> ended.set(true),
            NanoClock.system());
    task.start();
    await().until(() -> steps.get() > 3);
    task.stop();

    assertThat(ended).isTrue();
    assertThat(task.isRunning()).isFalse();
  }
}
