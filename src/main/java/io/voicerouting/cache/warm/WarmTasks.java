package io.voicerouting.cache.warm;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.lookup.EntryWarmer;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * The two tasks of warming.
 *
 * @param recording writes the most asked keys to the database, once a {@link #RECORDING_INTERVAL}
 * @param warming warms, once a {@link Warming#INTERVAL}
 */
public record WarmTasks(Runnable recording, Warming warming) {

  /** Time between two runs of the recording. */
  public static final Duration RECORDING_INTERVAL = HotKeys.FLUSH_INTERVAL;

  /** How much a pass may be late before loads pause: twice the interval, and this. */
  private static final Duration LATENESS = Duration.ofMillis(100);

  /**
   * Creates the tasks of one instance.
   *
   * @param dataSource gives connections of its own, outside of any transaction
   */
  public static WarmTasks create(
      WarmProperties settings,
      CacheProperties properties,
      List<? extends CachedResource<?>> resources,
      RedisNodes nodes,
      EntryWarmer warmer,
      KeyDemand demand,
      DataSource dataSource,
      WarmObserver observer,
      NanoClock clock) {
    HotKeys keys =
        new HotKeys(demand, new HotKeyTable(dataSource, settings), resources, nodes, clock);
    WarmRun.Tools tools =
        new WarmRun.Tools(
            keys,
            warmer,
            new BoundedLoads(warmer, properties.maxConcurrentLoads()),
            new WarmLease(dataSource),
            new WarmedMarker(nodes, resources, clock),
            observer,
            properties.passInterval().multipliedBy(2).plus(LATENESS).toMillis(),
            clock);
    return new WarmTasks(keys, new Warming(nodes, tools, properties.near().enabled(), clock));
  }
}
