package io.voicerouting.cache.warm;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The two tasks of warming. */
public final class WarmTasks {

  /** Time between two runs of the recording. */
  public static final Duration RECORDING_INTERVAL = HotKeys.FLUSH_INTERVAL;

  /** Loads pause if the last pass is older than twice the interval plus this. */
  private static final Duration LATENESS = Duration.ofMillis(100);

  private final HotKeys recording;
  private final Warming warming;

  public WarmTasks(
      WarmProperties settings,
      CacheProperties properties,
      List<CachedResource<?>> resources,
      RedisNodes nodes,
      CacheAsideEngine engine,
      KeyDemand demand,
      DataSource dataSource,
      WarmObserver observer,
      NanoClock clock) {
    DataSource outside = new DelegatingDataSource(dataSource); // of any transaction
    recording = new HotKeys(demand, new HotKeyTable(outside, settings), resources, nodes, clock);
    WarmRun.Tools tools =
        new WarmRun.Tools(
            recording,
            engine.warmer(),
            new BoundedLoads(engine.warmer(), properties.maxConcurrentLoads()),
            new WarmLease(outside),
            new WarmedMarker(nodes, resources, clock),
            observer,
            properties.passInterval().multipliedBy(2).plus(LATENESS).toMillis(),
            clock);
    warming = new Warming(nodes, tools, properties.near().enabled(), clock);
  }

  /** Writes the most requested keys to the database, once a {@link #RECORDING_INTERVAL}. */
  public Runnable recording() {
    return recording;
  }

  /** Warms, once a {@link Warming#INTERVAL}. */
  public Warming warming() {
    return warming;
  }
}
