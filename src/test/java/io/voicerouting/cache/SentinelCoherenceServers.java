package io.voicerouting.cache;

import static io.voicerouting.cache.CoherenceFaults.pause;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelGroup;
import io.voicerouting.testing.SentinelInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A Sentinel group. Every third instance has a Sentinel of its own, which names the former primary
 * until a failover is over, by the port of the server itself, which the proxy does not cover.
 */
final class SentinelCoherenceServers implements CoherenceServers {

  private static final int STALE_ONE_IN = 3;

  private final SentinelGroup group = BackingServers.startSentinelGroup();
  private final SentinelInstance stale = SentinelGroup.startLoneSentinel(group.primary());
  private final List<EngineInstance> instances = new ArrayList<>();

  @Override
  public EngineInstance newInstance(CacheProperties properties) {
    boolean isStale = instances.size() % STALE_ONE_IN == STALE_ONE_IN - 1;
    EngineInstance instance =
        new EngineInstance(
            isStale ? List.of(stale) : group.sentinels(), properties, System::nanoTime);
    instances.add(instance);
    return instance;
  }

  @Override
  public List<Fault> faults() {
    return List.of(
        this::failOver,
        this::pausePrimary,
        this::isolatePrimary,
        this::killPrimary,
        this::pauseGuardedPrimary,
        this::pauseSentinels,
        this::restartPrimary,
        this::isolateGuardedPrimary);
  }

  private void failOver(Random random) {
    group.awaitOtherPrimary(group.beginFailover());
    settle(random);
  }

  private void pausePrimary(Random random) {
    RedisInstance before = group.primary();
    group.noticeFailures(true);
    before.pause();
    group.awaitOtherPrimary(before);
    group.noticeFailures(false);
    pause(random, 0, 1000);
    before.resume();
    settle(random);
  }

  private void isolatePrimary(Random random) {
    RedisInstance before = group.primary();
    group.noticeFailures(true);
    group.isolate(before, true);
    group.awaitOtherPrimary(before);
    group.noticeFailures(false);
    pause(random, 0, 2000);
    group.isolate(before, false);
    settle(random);
  }

  private void killPrimary(Random random) {
    RedisInstance before = group.primary();
    group.noticeFailures(true);
    before.kill();
    group.awaitOtherPrimary(before);
    group.noticeFailures(false);
    before.restart();
    settle(random);
  }

  /** Sooner than Sentinel notices: its replicas take over that it is empty. */
  private void restartPrimary(Random random) {
    group.primary().restart();
    pause(random, 500, 1500);
  }

  private void pauseGuardedPrimary(Random random) {
    guarded(() -> pausePrimary(random));
  }

  private void isolateGuardedPrimary(Random random) {
    guarded(() -> isolatePrimary(random));
  }

  private void guarded(Runnable fault) {
    RedisInstance before = group.primary();
    before.guardWrites();
    fault.run();
    before.unguardWrites();
  }

  private void pauseSentinels(Random random) {
    group.sentinels().forEach(SentinelInstance::pause);
    instances.get(random.nextInt(instances.size())).disconnect();
    pause(random, 500, 2500);
    group.sentinels().forEach(SentinelInstance::resume);
    group.awaitReady();
  }

  /** Waits until all is as at the start, except for who is the primary. */
  private void settle(Random random) {
    pause(random, 0, 1000);
    SentinelGroup.redirect(stale, group.awaitWhole());
  }

  @Override
  public void close() {
    stale.close();
    group.close();
  }
}
