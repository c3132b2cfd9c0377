package io.voicerouting.bench;

import com.github.benmanes.caffeine.cache.Cache;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Lookups through the whole service without HTTP, beside what they are built on. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LookupBenchmark {

  /** A running service with warm caches. */
  @SuppressWarnings("NullAway.Init") // initialized by JMH
  abstract static class Service {
    private final boolean nearCache;
    EmbeddedService service;

    Service(boolean nearCache) {
      this.nearCache = nearCache;
    }

    /** Starts the service. */
    @Setup
    public void start() {
      service = new EmbeddedService(nearCache);
    }

    /** Ends the service. */
    @TearDown
    public void stop() {
      service.close();
    }
  }

  /** The service with its near cache. */
  @State(Scope.Benchmark)
  public static class Near extends Service {
    public Near() {
      super(true);
    }
  }

  /** The service without its near cache. */
  @State(Scope.Benchmark)
  public static class Redis extends Service {
    public Redis() {
      super(false);
    }
  }

  /** A key without a cache entry. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // initialized by JMH
  public static class Evicted {
    SampleKeys.Key key;

    /** Evicts the next key. */
    @Setup(Level.Invocation)
    public void evict(Redis redis) {
      key = redis.service.nextKey();
      redis.service.evictExtension(key);
    }
  }

  /** Caffeine alone. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // initialized by JMH
  public static class Raw {
    final SampleKeys keys = new SampleKeys();
    Cache<CacheKey, Object> cache;

    /** Fills the cache again before entries expire. */
    @Setup(Level.Iteration)
    public void fill() {
      cache = keys.caffeine();
    }
  }

  /** A Caffeine get with a new key object, which the service needs, too. */
  @Benchmark
  public @Nullable Object rawCaffeine(Raw raw) {
    return raw.cache.getIfPresent(raw.keys.next().cacheKey());
  }

  /** A near hit. */
  @Benchmark
  public Lookup<ExtensionView> nearHit(Near near) {
    return near.service.extension(near.service.nextKey());
  }

  /** A near hit of the largest document. */
  @Benchmark
  public Lookup<ActiveSchedule> nearHitOfSchedule(Near near) {
    return near.service.schedule(near.service.nextKey().organizationId());
  }

  /** A GET by the Redis client itself. */
  @Benchmark
  public byte @Nullable [] rawGet(Redis redis) {
    return redis.service.redisGet(redis.service.nextKey());
  }

  /** A Redis hit. */
  @Benchmark
  public Lookup<ExtensionView> redisHit(Redis redis) {
    return redis.service.extension(redis.service.nextKey());
  }

  /** A Redis hit of the largest document. */
  @Benchmark
  public Lookup<ActiveSchedule> redisHitOfSchedule(Redis redis) {
    return redis.service.schedule(redis.service.nextKey().organizationId());
  }

  /** A miss: lease, load and fill. */
  @Benchmark
  public Lookup<ExtensionView> miss(Redis redis, Evicted evicted) {
    return redis.service.extension(evicted.key);
  }
}
