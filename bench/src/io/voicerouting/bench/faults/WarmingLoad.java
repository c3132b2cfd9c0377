package io.voicerouting.bench.faults;

import io.voicerouting.bench.Endpoint;
import io.voicerouting.bench.SampleData;
import io.voicerouting.bench.ServiceProcess;
import io.voicerouting.testing.TestTokens;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An open-loop load of extensions, asked for unequally, at each instance in turn. */
final class WarmingLoad implements AutoCloseable {

  private static final double EXPONENT = 0.9;
  private static final int THREADS = 8;

  private final List<ServiceProcess> instances;
  private final SampleData data;
  private final double[] cumulated;
  private final Random random = new Random(20261129);
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * An answered lookup.
   *
   * @param second since the load began, in which it was due
   */
  record Answer(int second, long latencyNanos, boolean hit, boolean failed) {}

  WarmingLoad(List<ServiceProcess> instances, SampleData data) {
    this.instances = instances;
    this.data = data;
    this.cumulated = new double[data.organizations() * data.extensions()];
    double sum = 0;
    for (int i = 0; i < cumulated.length; i++) {
      sum += Math.pow(i + 1.0, -EXPONENT);
      cumulated[i] = sum;
    }
  }

  /** Asks for each extension once. */
  void askForEverything() throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      var unused =
          threads.invokeAll(
              IntStream.range(0, cumulated.length)
                  .mapToObj(i -> (Callable<Boolean>) () -> send(i, i) != null)
                  .toList());
    }
  }

  /**
   * Sends lookups at a constant rate for some time.
   *
   * @param loads returns the number of loads so far; asked once a second
   */
  WarmingResult run(int rate, Duration time, LongSupplier loads) {
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    List<Long> loadsBySecond = new ArrayList<>(List.of(loads.getAsLong()));
    long start = System.nanoTime();
    long count = rate * time.toSeconds();
    for (int i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / rate;
      int second = i / rate;
      int turn = i;
      int extension = next();
      LockSupport.parkNanos(due - System.nanoTime());
      senders.execute(() -> answers.add(answer(second, due, send(turn, extension))));
      if ((i + 1) % rate == 0) {
        senders.execute(
            () -> {
              synchronized (loadsBySecond) {
                loadsBySecond.add(loads.getAsLong());
              }
            });
      }
    }
    while (answers.size() < count) {
      LockSupport.parkNanos(10_000_000);
    }
    synchronized (loadsBySecond) {
      return new WarmingResult(List.copyOf(answers), List.copyOf(loadsBySecond));
    }
  }

  /** The rank of an extension is mixed, so that each organization has popular ones. */
  private int next() {
    double wanted = random.nextDouble() * cumulated[cumulated.length - 1];
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (cumulated[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private @Nullable HttpResponse<String> send(int turn, int extension) {
    long organization = 1L + extension % data.organizations();
    int number = SampleData.FIRST_NUMBER + extension / data.organizations();
    try {
      return instances
          .get(turn % instances.size())
          .get(Endpoint.EXTENSION.path(organization, number), TestTokens.PLATFORM);
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private static Answer answer(int second, long due, @Nullable HttpResponse<String> response) {
    boolean failed = response == null || response.statusCode() != 200;
    String status =
        response == null ? "" : response.headers().firstValue("Cache-Status").orElse("");
    return new Answer(second, System.nanoTime() - due, status.contains("; hit"), failed);
  }

  @Override
  public void close() {
    senders.close();
  }
}
