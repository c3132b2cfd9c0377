package io.voicerouting.bench;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks instances again and again whether they are ready, as an orchestrator does. */
final class ReadinessProbe implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final List<ServiceProcess> instances;
  private final AtomicInteger failures = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "readiness");
  private volatile boolean running = true;

  ReadinessProbe(List<ServiceProcess> instances) {
    this.instances = instances;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (running) {
      instances.forEach(this::probe);
      ServiceProcess.sleep(INTERVAL);
    }
  }

  private void probe(ServiceProcess instance) {
    try {
      if (instance.get("/actuator/health/readiness", "").statusCode() != 200) {
        failures.incrementAndGet();
      }
    } catch (UncheckedIOException refusal) {
      failures.incrementAndGet();
    }
  }

  /** Probes that failed since the last call. */
  int take() {
    return failures.getAndSet(0);
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw ServiceProcess.interrupted(e);
    }
  }
}
