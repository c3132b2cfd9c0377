package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupGateTest {

  private static final Executor THREADS = Thread::startVirtualThread;

  private final LookupGate gate = new LookupGate(Duration.ofMillis(20));
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<CompletableFuture<?>> running = new ArrayList<>();

  @AfterEach
  void end() {
    end.countDown();
    running.forEach(CompletableFuture::join);
  }

  @Test
  void refusesUnknownTokensWhileTooManyAreLookedUp() {
    occupy(false, 4);

    assertThat(gate.<String>pass("unknown", () -> false, () -> "found")).isNull();
  }

  @Test
  void acceptedTokensDoNotWait() {
    gate.record("known", true);
    occupy(false, 4);
    occupy(true, 1);

    assertThat(gate.<String>pass("known", () -> false, () -> "found")).isEqualTo("found");
    assertThat(gate.<String>pass("known", () -> true, () -> "found")).isEqualTo("found");
  }

  @Test
  void tokensThatAreRejectedWaitAgain() {
    gate.record("known", true);
    gate.record("known", false);
    occupy(false, 4);

    assertThat(gate.<String>pass("known", () -> false, () -> "found")).isNull();
  }

  @Test
  void throttledAddressesShareOneLookupAndDoNotDelayOthers() {
    occupy(true, 1);

    assertThat(gate.<String>pass("unknown", () -> true, () -> "found")).isNull();
    assertThat(gate.<String>pass("unknown", () -> false, () -> "found")).isEqualTo("found");
  }

  private void occupy(boolean throttled, int lookups) {
    CountDownLatch started = new CountDownLatch(lookups);
    for (int i = 0; i < lookups; i++) {
      String digest = "running-" + i;
      running.add(
          CompletableFuture.supplyAsync(
              () -> gate.pass(digest, () -> throttled, () -> await(started)), THREADS));
    }
    join(started);
  }

  private boolean await(CountDownLatch started) {
    started.countDown();
    join(end);
    return true;
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
