package io.voicerouting.bench.faults;

import io.voicerouting.bench.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Measures the time from the acknowledgement of a write at one instance until another instance
 * answers with the new version, by repeated lookups.
 */
final class PropagationProbe implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ExecutorService lookups = Executors.newVirtualThreadPerTaskExecutor();
  private final ServiceProcess instance;
  private final BlockingQueue<Long> nanos = new LinkedBlockingQueue<>();

  PropagationProbe(ServiceProcess instance) {
    this.instance = instance;
  }

  /** Starts to watch for a version that was acknowledged just now. */
  void watch(VersionedDocument document, int version) {
    long acknowledged = System.nanoTime();
    var unused =
        lookups.submit(
            () -> {
              LookupRequest request = LookupRequest.of(document);
              while (System.nanoTime() - acknowledged < TIMEOUT.toNanos()) {
                Integer seen = request.version(request.send(instance));
                if (seen == null) {
                  return null; // a refused lookup is not a stale answer
                }
                if (seen >= version) {
                  return nanos.add(System.nanoTime() - acknowledged);
                }
                Thread.sleep(PAUSE);
              }
              return nanos.add(TIMEOUT.toNanos());
            });
  }

  /** Removes and returns the times so far, each including the lookup that saw the version. */
  List<Long> drain() {
    List<Long> drained = new ArrayList<>();
    nanos.drainTo(drained);
    return drained;
  }

  @Override
  public void close() {
    lookups.close();
  }
}
