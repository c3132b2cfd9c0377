package io.voicerouting.bench;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks the other instance, from the moment at which a change was acknowledged, again and again
 * until an answer shows it.
 */
final class Follower implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final PlatformClient client = new PlatformClient(requests);
  private final ServiceProcess other;
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  Follower(ServiceProcess other) {
    this.other = other;
  }

  /** A version has just been acknowledged. */
  void follow(WrittenCell cell, int version) {
    long acknowledged = System.nanoTime();
    requests.execute(() -> follow(Question.of(cell), version, acknowledged));
  }

  private void follow(Question question, int version, long acknowledged) {
    while (System.nanoTime() - acknowledged < PATIENCE.toNanos()) {
      HttpResponse<String> response = client.send(other, question);
      Integer shown = response == null ? null : question.version(response.body());
      if (shown == null) {
        return; // refused, which is not old
      }
      if (shown >= version) {
        nanos.add(System.nanoTime() - acknowledged);
        return;
      }
      ServiceProcess.sleep(PAUSE);
    }
    nanos.add(PATIENCE.toNanos());
  }

  /** Times until it was shown, since the last call, each with the lookup that showed it. */
  List<Long> take() {
    List<Long> taken = new ArrayList<>();
    for (Long one = nanos.poll(); one != null; one = nanos.poll()) {
      taken.add(one);
    }
    return taken;
  }

  @Override
  public void close() {
    requests.close();
  }
}
