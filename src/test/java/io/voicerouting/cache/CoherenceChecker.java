package io.voicerouting.cache;

import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for answers from before an acknowledged write: instances with their own relays, readers and
 * writers on shared keys, during the faults of the servers ({@link CoherenceServers}), and while
 * instances are cut off from Redis or relays from their database ({@link CoherenceFaults}). Each
 * key's value is a number that only grows, so a read is wrong when it answers less than what had
 * been acknowledged when it began; that nobody acknowledged it yet is no fault. Degraded answers
 * are counted apart. Loads dawdle now and then, so that writers overtake them.
 *
 * <p>With near caches, the bound is two seconds, but for reads at the writer's own instance.
 *
 * <p>The test runs it for some seconds; for longer, ten minutes here:
 *
 * <pre>{@code ./mvnw test -Dtest=CoherenceCheckerTest -Dcoherence.seconds=600}</pre>
 */
final class CoherenceChecker {

  private static final int INSTANCES = 3;
  private static final int KEYS = 8;
  private static final int READERS_PER_INSTANCE = 2;

  /**
   * One write in so many dies between its commit and its eviction, as one by other means: it counts
   * as acknowledged a second after its commit.
   */
  private static final int CRASH_ONE_IN = 10;

  /** One write in so many has the organization cleared, as a bulk statement does. */
  private static final int CLEAR_ONE_IN = 5;

  /** One of those in so many finds that the index of the organization's keys is lost. */
  private static final int LOST_INDEX_ONE_IN = 2;

  private static final int DAWDLE_ONE_IN = 10;

  /** How much longer a run goes on at most, until each kind of event has happened. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How far a near cache may be behind another instance's write. */
  private static final Duration NEAR_BOUND = Duration.ofSeconds(2);

  private final Duration duration;
  private final Supplier<CoherenceServers> servers;
  private final boolean near;
  private final boolean forgetful;
  private final long seed;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong degraded = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong crashes = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();
  private final AtomicLong behind = new AtomicLong();
  private final AtomicLong worstNanos = new AtomicLong();
  private final AtomicLong violations = new AtomicLong();
  private final List<EngineInstance> instances = new ArrayList<>();
  private volatile @Nullable RuntimeException faultFailure; // null: none
  private volatile boolean stopped;
  private volatile Deadline end = Deadline.after(Duration.ZERO, NanoClock.system());
  private volatile Deadline limit = end;

  /**
   * Prepares a run.
   *
   * @param duration how long it takes; it goes on for up to two more minutes until each kind of
   *     event has happened
   * @param servers starts the servers of this run
   * @param near whether instances have a near cache
   * @param forgetful whether writers do not evict, and nobody else does it for them: what the
   *     checker must find; the run ends when it has
   * @param seed decides on the faults
   */
  CoherenceChecker(
      Duration duration,
      Supplier<CoherenceServers> servers,
      boolean near,
      boolean forgetful,
      long seed) {
    this.duration = duration;
    this.servers = servers;
    this.near = near;
    this.forgetful = forgetful;
    this.seed = seed;
  }

  /** What was seen. */
  record Report(
      long seed,
      long reads,
      long hits,
      long nearHits,
      long degraded,
      long unavailable,
      long writes,
      long crashes,
      long faults,
      long behind,
      long worstMillis,
      long violations) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "seed %d, reads %d (hits %d, of them near %d, degraded %d, unavailable %d), writes %d,"
              + " writers crashed %d, faults %d, behind within bounds %d (worst %d ms), violations"
              + " %d",
          seed,
          reads,
          hits,
          nearHits,
          degraded,
          unavailable,
          writes,
          crashes,
          faults,
          behind,
          worstMillis,
          violations);
    }
  }

  /**
   * A value that was acknowledged.
   *
   * @param atNanos when
   * @param here whether the writer's instance did so, after it had evicted
   */
  private record Acknowledged(long atNanos, boolean here) {}

  /** A key with what was written to it last, and what of that was acknowledged. */
  private static final class Watched {
    private final CacheKey key = CoherenceDatabase.get().newExtension("0");
    private final EngineInstance writer;
    private final NavigableMap<Long, Acknowledged> acknowledged = new ConcurrentSkipListMap<>();
    private long written; // by its one writer

    Watched(EngineInstance writer) {
      this.writer = writer;
    }
  }

  Report run() throws InterruptedException {
    CacheProperties properties =
        near ? EngineInstance.AS_DEPLOYED : EngineInstance.AS_DEPLOYED_WITHOUT_NEAR;
    long nearHits;
    try (CoherenceServers redis = servers.get()) {
      for (int i = 0; i < INSTANCES; i++) {
        instances.add(redis.newInstance(properties));
      }
      for (EngineInstance instance : instances) {
        instance.extensions().afterEveryRead(CoherenceChecker::dawdle);
        instance.startRelay();
        instance.startWatch();
        if (near) {
          instance.startTracking();
        }
      }
      List<Watched> keys =
          IntStream.range(0, KEYS)
              .mapToObj(i -> new Watched(instances.get(i % INSTANCES)))
              .toList();
      end = Deadline.after(duration, NanoClock.system());
      limit = Deadline.after(duration.plus(PATIENCE), NanoClock.system());
      List<Thread> threads = start(redis, keys);
      for (Thread thread : threads) {
        thread.join();
      }
      if (faultFailure != null) {
        throw new IllegalStateException("A fault did not end", faultFailure);
      }
      nearHits = nearHits();
    } finally {
      instances.forEach(EngineInstance::close);
    }
    return new Report(
        seed,
        reads.get(),
        hits.get(),
        nearHits,
        degraded.get(),
        unavailable.get(),
        writes.get(),
        crashes.get(),
        faults.get(),
        behind.get(),
        Duration.ofNanos(worstNanos.get()).toMillis(),
        violations.get());
  }

  private long nearHits() {
    return (long) instances.stream().mapToDouble(EngineInstance::nearHits).sum();
  }

  /** Whether the duration is over and each kind of event has happened, or the run is to stop. */
  private boolean isOver() {
    return stopped || (end.passed() && (sawEachKind() || limit.passed()));
  }

  private boolean sawEachKind() {
    return faults.get() > 0
        && writes.get() > 0
        && crashes.get() > 0
        && hits.get() > 0
        && (!near || nearHits() > 0);
  }

  private List<Thread> start(CoherenceServers redis, List<Watched> keys) {
    List<Thread> threads = new ArrayList<>();
    CoherenceFaults injected = new CoherenceFaults(redis, instances, seed);
    threads.add(Thread.ofPlatform().start(() -> injectFaults(injected)));
    for (EngineInstance instance : instances) {
      for (int i = 0; i < READERS_PER_INSTANCE; i++) {
        threads.add(Thread.ofPlatform().start(() -> read(instance, keys)));
      }
    }
    for (Watched watched : keys) {
      threads.add(Thread.ofPlatform().start(() -> write(watched)));
    }
    return threads;
  }

  /** Every other time two lookups of one request, whose reads are prefetched. */
  private void read(EngineInstance instance, List<Watched> keys) {
    for (boolean request = false; !isOver(); request = !request) {
      Watched first = keys.get(random(0, KEYS));
      Watched second = keys.get(random(0, KEYS));
      long begin = System.nanoTime();
      if (request) {
        var lookups = instance.request(List.of(first.key, second.key));
        Lookup<HookedExtensions.Document> firstAnswer = lookups.apply(first.key);
        Lookup<HookedExtensions.Document> secondAnswer = lookups.apply(second.key);
        judge(instance, first, begin, firstAnswer);
        judge(instance, second, begin, secondAnswer);
      } else {
        judge(instance, first, begin, instance.lookup(first.key));
      }
    }
  }

  private void judge(
      EngineInstance instance,
      Watched watched,
      long begin,
      Lookup<HookedExtensions.Document> lookup) {
    reads.incrementAndGet();
    if (lookup.status().hit()) {
      hits.incrementAndGet();
    }
    if (lookup.status().degraded()) {
      degraded.incrementAndGet();
    } else if (lookup instanceof Lookup.Unavailable) {
      unavailable.incrementAndGet();
    } else {
      check(instance, watched, begin, lookup);
    }
  }

  /** Looks for what had been acknowledged when the lookup began, and is not in its answer. */
  private void check(
      EngineInstance instance,
      Watched watched,
      long begin,
      Lookup<HookedExtensions.Document> lookup) {
    watched
        .acknowledged
        .tailMap(answered(lookup), false)
        .forEach(
            (missing, acknowledged) -> {
              long late = begin - acknowledged.atNanos();
              boolean hereAndNow = instance.equals(watched.writer) && acknowledged.here();
              long bound = near && !hereAndNow ? NEAR_BOUND.toNanos() : 0;
              if (late > bound) {
                violated(watched.key + ": " + lookup + ", " + late + " ns after " + missing);
              } else if (late > 0) {
                behind.incrementAndGet();
                worstNanos.accumulateAndGet(late, Math::max);
              }
            });
  }

  private void violated(String what) {
    violations.incrementAndGet();
    if (forgetful) {
      stopped = true; // it has been found
    } else {
      System.err.println(what);
    }
  }

  /** There is always a row, so that to find none is wrong too. */
  private static long answered(Lookup<HookedExtensions.Document> lookup) {
    String displayName = EngineInstance.displayName(lookup);
    return displayName == null ? -1 : Long.parseLong(displayName);
  }

  private void write(Watched watched) {
    while (!isOver()) {
      String next = Long.toString(++watched.written);
      boolean crash = random(0, CRASH_ONE_IN) == 0;
      if (crash) {
        CoherenceDatabase.get().commit(watched.key, next);
        crashes.incrementAndGet();
        pause(1000);
      } else {
        write(watched.writer, watched.key, next);
        writes.incrementAndGet();
      }
      watched.acknowledged.put(watched.written, new Acknowledged(System.nanoTime(), !crash));
      pause(random(0, 200));
    }
  }

  private void write(EngineInstance instance, CacheKey key, String next) {
    if (forgetful) {
      CoherenceDatabase.get().commitUnnoticed(key, next);
    } else if (random(0, CLEAR_ONE_IN) == 0) {
      if (random(0, LOST_INDEX_ONE_IN) == 0) {
        instance.loseIndex(key.organizationId());
      }
      instance.evict(CoherenceDatabase.get().commitBulk(key, next));
    } else {
      instance.write(key, next);
    }
  }

  private static void dawdle() {
    if (random(0, DAWDLE_ONE_IN) == 0) {
      pause(random(1, 50));
    }
  }

  private void injectFaults(CoherenceFaults injected) {
    try {
      while (!isOver()) {
        injected.next();
        faults.incrementAndGet();
      }
    } catch (RuntimeException e) {
      faultFailure = e;
      stopped = true;
    }
  }

  private static int random(int from, int to) {
    return ThreadLocalRandom.current().nextInt(from, to);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
