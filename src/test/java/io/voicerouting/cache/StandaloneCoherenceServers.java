package io.voicerouting.cache;

import static io.voicerouting.cache.CoherenceFaults.pause;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.util.List;
import java.util.Random;

/**
 * One server, which is paused, or killed and restarted with what it held a while ago. Instances are
 * of two versions of the service in turn, as during a rolling deployment.
 */
final class StandaloneCoherenceServers implements CoherenceServers {

  private final RedisInstance redis = BackingServers.startRedis();
  private int started;

  @Override
  public EngineInstance newInstance(CacheProperties properties) {
    started++;
    return new EngineInstance(redis, properties, 1 + started % 2, System::nanoTime);
  }

  @Override
  public void prepare() {
    redis.save(); // what it comes back with after a kill
  }

  @Override
  public List<Fault> faults() {
    return List.of(this::pauseServer, this::killServer);
  }

  private void pauseServer(Random random) {
    redis.pause();
    pause(random, 20, 2500);
    redis.resume();
  }

  private void killServer(Random random) {
    redis.kill();
    pause(random, 0, 1500);
    redis.restart();
  }

  @Override
  public void close() {
    redis.close();
  }
}
