package io.voicerouting.bench.faults;

import io.voicerouting.bench.ServiceProcess;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Probes the readiness of all instances, as an orchestrator does. */
final class ReadinessProbe {

  private final List<ServiceProcess> instances;
  private final AtomicInteger failures = new AtomicInteger();

  ReadinessProbe(List<ServiceProcess> instances) {
    this.instances = instances;
  }

  void probeAll() {
    for (ServiceProcess instance : instances) {
      if (!isReady(instance)) {
        failures.incrementAndGet();
      }
    }
  }

  private static boolean isReady(ServiceProcess instance) {
    try {
      return instance.get("/actuator/health/readiness", "").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The number of failed probes since the last call. */
  int drain() {
    return failures.getAndSet(0);
  }
}
