package io.voicerouting.testing;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The relay passes of a running service. */
public final class RelayPasses {

  private RelayPasses() {}

  /**
   * Waits until no relay pass can evict entries of earlier writes. A pass that read the writer's
   * rows before they were marked done would otherwise evict during the test.
   */
  public static void settle(MeterRegistry meters) {
    Counter passes = meters.get("routing.cache.passes").tag("result", "completed").counter();
    double before = passes.count();
    await().until(() -> passes.count() >= before + 2); // the second pass began after this call
  }
}
