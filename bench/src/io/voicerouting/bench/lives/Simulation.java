package io.voicerouting.bench.lives;

import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.TtlJitter;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Replays a workload with one policy, in simulated time. TTLs are those of {@link CacheTtls}. A
 * change evicts its entry at that moment; near caches, leases and failures are left out.
 */
final class Simulation {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Workload workload;
  private final Policy policy;
  private final long fromMillis;
  private final long toMillis;
  private final RandomGenerator jitter;
  private final long[] storedAt; // of the entry; -1: none
  private final long[] expiresAt;
  private final int[] storedVersion;
  private final int[] version;
  private final long[] changedAt;
  private long lookups;
  private long misses;
  private long loads;
  private long stale;
  private long heldMillis;

  /**
   * A way to choose TTLs.
   *
   * @param refreshAt share of an entry's TTL after which a hit loads it again; 1 for never
   */
  record Policy(String title, CacheTtls.Ttl ttl, double refreshAt) {}

  /**
   * What a policy costs.
   *
   * @param entries held on average
   */
  record Result(double loadsPerHour, double hitRatio, double entries, long stale) {}

  /**
   * Prepares a replay.
   *
   * @param warmUp time that is not measured
   */
  Simulation(Workload workload, Policy policy, Duration warmUp, Duration measured) {
    this.workload = workload;
    this.policy = policy;
    this.fromMillis = warmUp.toMillis();
    this.toMillis = fromMillis + measured.toMillis();
    this.jitter = workload.random(2);
    int documents = workload.documents();
    this.storedAt = new long[documents];
    this.expiresAt = new long[documents];
    this.storedVersion = new int[documents];
    this.version = new int[documents];
    this.changedAt = new long[documents];
    for (int i = 0; i < documents; i++) {
      storedAt[i] = -1;
      changedAt[i] = workload.firstChange(i);
    }
  }

  Result run() {
    RandomGenerator random = workload.random(1);
    var changes = workload.changes().iterator();
    Workload.Change next = changes.hasNext() ? changes.next() : null;
    double now = workload.nextGap(random);
    while (now < toMillis) {
      while (next != null && next.atMillis() <= now) {
        change(next);
        next = changes.hasNext() ? changes.next() : null;
      }
      lookUp(workload.nextDocument(random), (long) now);
      now += workload.nextGap(random);
    }
    for (int i = 0; i < storedAt.length; i++) {
      remove(i, toMillis);
    }
    double hours = (toMillis - fromMillis) / (double) Duration.ofHours(1).toMillis();
    return new Result(
        loads / hours,
        1 - (double) misses / lookups,
        heldMillis / (double) (toMillis - fromMillis),
        stale);
  }

  private void change(Workload.Change change) {
    version[change.document()]++;
    changedAt[change.document()] = change.atMillis();
    remove(change.document(), change.atMillis());
  }

  private void lookUp(int document, long now) {
    boolean measured = now >= fromMillis;
    lookups += measured ? 1 : 0;
    boolean hit = storedAt[document] >= 0 && expiresAt[document] > now;
    if (hit) {
      stale += measured && storedVersion[document] != version[document] ? 1 : 0;
      long ttl = expiresAt[document] - storedAt[document];
      if (now - storedAt[document] < policy.refreshAt() * ttl) {
        return;
      }
    }
    misses += measured && !hit ? 1 : 0;
    loads += measured ? 1 : 0;
    store(document, now);
  }

  private void store(int document, long now) {
    remove(document, now);
    Duration longest =
        policy.ttl().forDocument(BEGIN.plusMillis(changedAt[document]), BEGIN.plusMillis(now));
    storedAt[document] = now;
    expiresAt[document] = now + TtlJitter.TENTH.shorten(longest, jitter).toMillis();
    storedVersion[document] = version[document];
  }

  /** Ends an entry, unless it has expired before, and counts how long it was held. */
  private void remove(int document, long now) {
    if (storedAt[document] >= 0) {
      long end = Math.min(now, expiresAt[document]);
      heldMillis += Math.max(0, end - Math.max(fromMillis, storedAt[document]));
      storedAt[document] = -1;
    }
  }
}
