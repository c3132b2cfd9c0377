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

/** Lookups of the whole service, without HTTP, and what is underneath them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LookupBenchmark {

  /** The service with its near cache. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // by JMH
  public static class Near {
    LookupService service;

    /** Starts it, and looks everything up once. */
    @Setup
    public void start() {
      service = new LookupService(true);
    }

    /** Ends it. */
    @TearDown
    public void stop() {
      service.close();
    }
  }

  /** The service without its near cache. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // by JMH
  public static class Redis {
    LookupService service;

    /** Starts it, and looks everything up once. */
    @Setup
    public void start() {
      service = new LookupService(false);
    }

    /** Ends it. */
    @TearDown
    public void stop() {
      service.close();
    }
  }

  /** The key of the next call, which is cached nowhere. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // by JMH
  public static class Evicted {
    CacheKey key;

    /** Evicts it. */
    @Setup(Level.Invocation)
    public void evict(Redis redis) {
      key = redis.service.evictNext();
    }
  }

  /** The cache library itself, with bounds and expiry of the near cache. */
  @State(Scope.Benchmark)
  public static class Raw {
    final LookupKeys keys = new LookupKeys();
    final Cache<CacheKey, Object> cache = LookupKeys.rawCache();

    /** Puts everything. */
    @Setup(Level.Iteration)
    public void put() {
      keys.all().forEach(key -> cache.put(key, new Object()));
    }
  }

  /** A Caffeine get, its key made anew as the service has to. */
  @Benchmark
  public @Nullable Object rawCaffeine(Raw raw) {
    return raw.cache.getIfPresent(raw.keys.next());
  }

  /** A hit in the near cache. */
  @Benchmark
  public Lookup<ExtensionView> nearHit(Near near) {
    return near.service.extension();
  }

  /** A hit in the near cache, of the large document. */
  @Benchmark
  public Lookup<ActiveSchedule> nearHitOfSchedule(Near near) {
    return near.service.schedule();
  }

  /** A GET by the Redis client itself; nothing is read from what it returns. */
  @Benchmark
  public byte @Nullable [] rawGet(Redis redis) {
    return redis.service.get();
  }

  /** A hit in Redis. */
  @Benchmark
  public Lookup<ExtensionView> redisHit(Redis redis) {
    return redis.service.extension();
  }

  /** A hit in Redis, of the large document. */
  @Benchmark
  public Lookup<ActiveSchedule> redisHitOfSchedule(Redis redis) {
    return redis.service.schedule();
  }

  /** A miss: index, lease, load and fill. */
  @Benchmark
  public Lookup<ExtensionView> miss(Redis redis, Evicted evicted) {
    return redis.service.extension(evicted.key);
  }
}
