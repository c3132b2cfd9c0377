package io.voicerouting.cache.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The threads of relay and tracker, without which nothing is ever trusted. */
class PacedThreadTest {

  @Test
  void outlivesWhateverAStepThrowsAndEndsWhenItIsStopped() {
    AtomicInteger steps = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    PacedThread thread =
        new PacedThread(
            "paced",
            Duration.ofMillis(1),
            () -> {
              switch (steps.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("A surprise");
                case 2 -> throw new AssertionError("Another");
                default -> {}
              }
            },
            () -> ended.set(true));
    thread.start();
    await().until(() -> steps.get() > 3);
    thread.stop();

    assertThat(ended).isTrue();
    assertThat(thread.isRunning()).isFalse();
  }
}
