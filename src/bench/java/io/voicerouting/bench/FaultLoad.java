package io.voicerouting.bench;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks at a steady rate, each time another instance, whether or not earlier requests have been
 * answered; latencies count from when a request was due.
 */
final class FaultLoad implements AutoCloseable {

  private static final int WARMING_CONNECTIONS = 16;
  private static final Duration WARMING_PAUSE = Duration.ofMillis(100);
  private static final int MOST_TURNS = 20;

  private final List<ServiceProcess> instances;
  private final Questions questions;
  private final long intervalNanos;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final PlatformClient client = new PlatformClient(requests);
  private final Queue<Observation> observations = new ConcurrentLinkedQueue<>();
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet(); // by when they were due
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean running = true;
  private volatile long nextDueNanos;

  FaultLoad(List<ServiceProcess> instances, Questions questions, int perSecond) {
    this.instances = instances;
    this.questions = questions;
    this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  void start() {
    thread.start();
  }

  private void run() {
    long due = System.nanoTime();
    for (int turn = 0; running; turn++) {
      nextDueNanos = due;
      Question question = questions.next();
      int instance = turn % instances.size();
      long start = due;
      underWay.add(start);
      requests.execute(
          () -> {
            try {
              observations.add(ask(question, instance, start));
            } finally {
              underWay.remove(start);
            }
          });
      due += intervalNanos;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }

  /** Asks every instance for everything that is called warm, until it comes from a cache. */
  void warmUp() {
    Semaphore free = new Semaphore(WARMING_CONNECTIONS);
    List<Future<?>> asked = new ArrayList<>();
    for (Question question : questions.allWarm()) {
      for (int instance = 0; instance < instances.size(); instance++) {
        int which = instance;
        free.acquireUninterruptibly();
        asked.add(
            requests.submit(
                () -> {
                  for (int turn = 0; turn < MOST_TURNS && !cached(question, which); turn++) {
                    ServiceProcess.sleep(WARMING_PAUSE);
                  }
                  free.release();
                }));
      }
    }
    while (!asked.stream().allMatch(Future::isDone)) {
      ServiceProcess.sleep(Duration.ofMillis(10));
    }
  }

  private boolean cached(Question question, int instance) {
    HttpResponse<String> response = client.send(instances.get(instance), question);
    return response != null
        && response
            .headers()
            .firstValue("Cache-Status")
            .filter(status -> !status.contains("fwd="))
            .isPresent();
  }

  private Observation ask(Question question, int instance, long dueNanos) {
    long sentNanos = System.nanoTime();
    HttpResponse<String> response = client.send(instances.get(instance), question);
    long late = sentNanos - dueNanos;
    long latency = System.nanoTime() - dueNanos;
    Observation.Outcome outcome = outcome(question, response);
    WrittenCell cell = question.cell();
    Integer version = cell == null || response == null ? null : question.version(response.body());
    if (cell == null || version == null) {
      return new Observation(
          question.endpoint(), question.kind(), dueNanos, late, latency, outcome, 0, false, false);
    }
    long stale = cell.staleNanos(version, sentNanos);
    return new Observation(
        question.endpoint(),
        question.kind(),
        dueNanos,
        late,
        latency,
        outcome,
        stale,
        stale > cell.writer().bound(instance).toNanos(),
        cell.isRefused(version));
  }

  private static Observation.Outcome outcome(
      Question question, @Nullable HttpResponse<String> response) {
    if (response == null) {
      return Observation.Outcome.FAILED;
    }
    if (response.statusCode() == 503 && response.headers().firstValue("Retry-After").isPresent()) {
      return Observation.Outcome.UNAVAILABLE;
    }
    // Everything that is asked for exists.
    if (response.statusCode() != 200
        || (question.cell() != null && question.version(response.body()) == null)) {
      return Observation.Outcome.FAILED;
    }
    String status = response.headers().firstValue("Cache-Status").orElse("");
    if (status.contains("detail=degraded")) {
      return Observation.Outcome.DEGRADED;
    }
    return status.contains("fwd=bypass") ? Observation.Outcome.BYPASSED : Observation.Outcome.GOOD;
  }

  /** Waits until all that was due by then has been answered, or given up by the client. */
  void awaitAnswers(long dueNanos) {
    while (nextDueNanos - dueNanos < 0 || underWay.stream().anyMatch(due -> due - dueNanos < 0)) {
      ServiceProcess.sleep(Duration.ofMillis(10));
    }
  }

  /** What was observed since the last call; those under way come later. */
  List<Observation> take() {
    List<Observation> taken = new ArrayList<>();
    for (Observation one = observations.poll(); one != null; one = observations.poll()) {
      taken.add(one);
    }
    return taken;
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw ServiceProcess.interrupted(e);
    }
    requests.close();
  }
}
