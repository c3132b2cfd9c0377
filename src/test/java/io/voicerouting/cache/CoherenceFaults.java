package io.voicerouting.cache;

import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * The faults of Redis and of its clients, one kind after the other, so that a short run has
 * different ones. The seed determines the first one and the duration of each. Used by one thread.
 */
final class CoherenceFaults {

  private final CoherenceServers servers;
  private final List<EngineInstance> instances;
  private final Random random;
  private final List<CoherenceServers.Fault> kinds;
  private int kind;

  CoherenceFaults(CoherenceServers servers, List<EngineInstance> instances, long seed) {
    this.servers = servers;
    this.instances = instances;
    this.random = new Random(seed);
    this.kinds = new ArrayList<>(servers.faults());
    kinds.add(this::cutOffFromRedis);
    kinds.add(this::cutOffFromDatabase);
    this.kind = random.nextInt(kinds.size());
  }

  /** Waits a while, has one thing happen, and puts it right again. */
  void next() {
    pause(random, 500, 1500);
    servers.prepare();
    pause(random, 0, 1000);
    kinds.get(kind).happen(random);
    kind = (kind + 1) % kinds.size();
  }

  /** The writers of one instance cannot evict, while the others go on believing Redis. */
  private void cutOffFromRedis(Random random) {
    EngineInstance instance = anyInstance();
    Deadline over =
        Deadline.after(Duration.ofMillis(random.nextInt(100, 2500)), NanoClock.system());
    while (!over.passed()) {
      instance.disconnect();
      pause(random, 20, 21);
    }
  }

  private void cutOffFromDatabase(Random random) {
    EngineInstance instance = anyInstance();
    instance.cutRelayOff(true);
    pause(random, 100, 2500);
    instance.cutRelayOff(false);
  }

  private EngineInstance anyInstance() {
    return instances.get(random.nextInt(instances.size()));
  }

  static void pause(Random random, int fromMillis, int toMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(fromMillis, toMillis)).toNanos());
  }
}
