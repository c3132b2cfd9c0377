package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many negative entries this instance stores in a minute, so that calls to numbers that
 * do not exist cannot fill Redis. Thread-safe.
 */
final class NegativeEntryLimit {

  /** Entries of all organizations, keys without an organization included. */
  static final int ORGANIZATIONS = 10;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int perOrganization;
  private final NanoClock clock;
  private final Map<Long, Integer> byOrganization = new HashMap<>(); // at most `inAll` keys
  private int inAll;
  private Deadline end;

  /**
   * @param perOrganization most entries of one organization in a minute; ten times as many in all
   */
  NegativeEntryLimit(int perOrganization, NanoClock clock) {
    this.perOrganization = perOrganization;
    this.clock = clock;
    this.end = Deadline.after(WINDOW, clock);
  }

  /** Counts an entry; returns false if it is over the limit and must not be stored. */
  synchronized boolean permits(CacheKey key) {
    if (end.passed()) {
      byOrganization.clear();
      inAll = 0;
      end = Deadline.after(WINDOW, clock);
    }
    if (inAll >= (long) perOrganization * ORGANIZATIONS) {
      return false;
    }
    if (key.organizationId() != CacheKey.NO_ORGANIZATION) {
      int before = byOrganization.getOrDefault(key.organizationId(), 0);
      if (before >= perOrganization) {
        return false;
      }
      byOrganization.put(key.organizationId(), before + 1);
    }
    inAll++;
    return true;
  }
}
