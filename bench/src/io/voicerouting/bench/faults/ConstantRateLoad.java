package io.voicerouting.bench.faults;

import static org.awaitility.Awaitility.await;

import io.voicerouting.bench.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * An open-loop load: requests are due at a constant rate whether or not earlier ones have been
 * answered, at each instance in turn. Latency counts from when a request was due, so that
 * coordinated omission does not hide slow answers.
 */
final class ConstantRateLoad implements AutoCloseable {

  private static final int WARM_UP_THREADS = 16;
  private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WARM_UP_PAUSE = Duration.ofMillis(100);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  private final List<ServiceProcess> instances;
  private final RequestMix mix;
  private final long intervalNanos;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<LookupResult> results = new LinkedBlockingQueue<>();
  private final Set<Long> inFlight = ConcurrentHashMap.newKeySet(); // times when they were due
  private int turn;
  private volatile long nextDueNanos;

  ConstantRateLoad(List<ServiceProcess> instances, RequestMix mix, Duration interval) {
    this.instances = instances;
    this.mix = mix;
    this.intervalNanos = interval.toNanos();
  }

  /** The schedule starts now; {@link #sendNext} is called once an interval from now on. */
  void start() {
    nextDueNanos = System.nanoTime();
  }

  /** Sends the next request without waiting for its response. */
  void sendNext() {
    long due = nextDueNanos;
    LookupRequest request = mix.next();
    int instance = turn++ % instances.size();
    inFlight.add(due);
    senders.execute(
        () -> {
          try {
            long sent = System.nanoTime();
            HttpResponse<String> response = request.send(instances.get(instance));
            results.add(LookupResult.of(request, instance, due, sent, response));
          } finally {
            inFlight.remove(due);
          }
        });
    nextDueNanos = due + intervalNanos;
  }

  /**
   * Repeats all warm lookups at every instance until each is a cache hit, for some seconds at most.
   */
  void warmUp() throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(WARM_UP_THREADS)) {
      var unused =
          threads.invokeAll(
              RequestMix.allWarm().stream()
                  .map(request -> Executors.callable(() -> warmUp(request)))
                  .toList());
    }
  }

  private void warmUp(LookupRequest request) {
    for (ServiceProcess instance : instances) {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(WARM_UP_PAUSE)
          .atMost(WARM_UP_TIMEOUT)
          .until(() -> isHit(request.send(instance)));
    }
  }

  private static boolean isHit(@Nullable HttpResponse<String> response) {
    return response != null
        && response
            .headers()
            .firstValue("Cache-Status")
            .filter(status -> !status.contains("fwd="))
            .isPresent();
  }

  /** Waits until every request that was due before has been answered or has timed out. */
  void awaitAnswers(long dueNanos) {
    await()
        .atMost(ANSWER_TIMEOUT)
        .until(
            () ->
                nextDueNanos - dueNanos >= 0
                    && inFlight.stream().noneMatch(due -> due - dueNanos < 0));
  }

  /** Removes and returns the results so far. */
  List<LookupResult> drain() {
    List<LookupResult> drained = new ArrayList<>();
    results.drainTo(drained);
    return drained;
  }

  @Override
  public void close() {
    senders.close();
  }
}
