package io.voicerouting.cache.warm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.WarmingState;
import io.voicerouting.cache.support.CacheLog;

/** State, meters and log lines of warming. Written by one thread. */
public final class WarmObserver {

  private static final int QUARTERS = 4;

  private final Counter read;
  private final Counter loads;
  private volatile WarmingState state;
  private volatile Load load = new Load(0, 0, 0);
  private volatile int known;

  /** How far a load of a cold Redis is. */
  private record Load(int total, int done, int loaded) {

    /** Returns 0 to 4. */
    private int quarters() {
      return total == 0 ? QUARTERS : (int) ((long) done * QUARTERS / total);
    }
  }

  /**
   * @param enabled whether there is anything to observe
   */
  public WarmObserver(MeterRegistry registry, boolean enabled) {
    this.state = enabled ? WarmingState.IDLE : WarmingState.DISABLED;
    read = registry.counter("routing.cache.warm.read");
    loads = registry.counter("routing.cache.warm.loads");
    Gauge.builder("routing.cache.warm.progress", this::progress)
        .description("How much of the current or last load of a cold Redis is done: 0 to 1")
        .register(registry);
    Gauge.builder("routing.cache.warm.keys", () -> known)
        .description("Keys that are known as the most requested ones")
        .register(registry);
  }

  /** Returns the state for the actuator. */
  public CacheSummary.Warming summary() {
    Load current = load;
    return new CacheSummary.Warming(
        state, known, current.total(), current.done(), current.loaded());
  }

  private double progress() {
    Load current = load;
    return current.total() == 0 ? 1 : (double) current.done() / current.total();
  }

  void enter(WarmingState next) {
    state = next;
  }

  void recordKnown(int keys) {
    known = keys;
  }

  void recordRead(int entries) {
    read.increment(entries);
  }

  void recordReadEnd(int entries, int keys) {
    CacheLog.warmedNear(entries, keys);
  }

  void beginLoad(int keys) {
    load = new Load(keys, 0, 0);
    CacheLog.warming(0, keys, 0);
  }

  void recordLoads(int done, int loaded) {
    Load before = load;
    Load after = new Load(before.total(), before.done() + done, before.loaded() + loaded);
    load = after;
    loads.increment(loaded);
    if (after.quarters() > before.quarters()) {
      CacheLog.warming(after.quarters() * 100 / QUARTERS, after.total(), after.loaded());
    }
  }

  void recordFailure(RuntimeException cause) {
    CacheLog.warmingFailed(cause);
  }
}
