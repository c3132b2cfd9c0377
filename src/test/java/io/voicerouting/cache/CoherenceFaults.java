package io.voicerouting.cache;

import io.voicerouting.cache.support.Deadline;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What befalls Redis and those who use it, one kind after the other, so that a short run sees
 * different ones; which comes first, and how long each takes, the seed decides. Used by one thread.
 */
final class CoherenceFaults {

  private static final int KINDS = 4;

  private final RedisInstance redis;
  private final List<EngineInstance> instances;
  private final Random random;
  private int kind;

  CoherenceFaults(RedisInstance redis, List<EngineInstance> instances, long seed) {
    this.redis = redis;
    this.instances = instances;
    this.random = new Random(seed);
    this.kind = random.nextInt(KINDS);
  }

  /** Waits a while, has one thing happen, and puts it right again. */
  void next() {
    pause(500, 1500);
    redis.save(); // what it comes back with after a kill
    pause(0, 1000);
    switch (kind) {
      case 0 -> {
        redis.pause();
        pause(20, 2500);
        redis.resume();
      }
      case 1 -> {
        redis.kill();
        pause(0, 1500);
        redis.restart();
      }
      case 2 -> cutOffFromRedis(anyInstance());
      default -> {
        EngineInstance instance = anyInstance();
        instance.cutRelayOff(true);
        pause(100, 2500);
        instance.cutRelayOff(false);
      }
    }
    kind = (kind + 1) % KINDS;
  }

  /** Its writers cannot evict, while the others go on believing Redis. */
  private void cutOffFromRedis(EngineInstance instance) {
    Deadline over = Deadline.after(Duration.ofMillis(random.nextInt(100, 2500)));
    while (!over.passed()) {
      instance.disconnect();
      pause(20, 21);
    }
  }

  private EngineInstance anyInstance() {
    return instances.get(random.nextInt(instances.size()));
  }

  private void pause(int fromMillis, int toMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(fromMillis, toMillis)).toNanos());
  }
}
