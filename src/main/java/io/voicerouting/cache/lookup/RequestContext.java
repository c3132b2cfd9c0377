package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the lookups of one request share: one budget, and the prefetched reads of the entries that
 * the request is expected to need. Both start with the first lookup that the near cache cannot
 * answer. Used by one thread.
 */
final class RequestContext {

  private final Supplier<LookupBudget> budgets;
  private final RecentLookups recent;
  private final PrefetchedReads prefetched = new PrefetchedReads();
  private final List<CacheKey> read = new ArrayList<>();
  private List<CacheKey> first = List.of();
  private List<CacheKey> expected = List.of();
  private @Nullable LookupBudget budget;

  /**
   * Creates the context of a request.
   *
   * @param budgets starts a budget
   * @param recent what such requests looked up before
   */
  RequestContext(Supplier<LookupBudget> budgets, RecentLookups recent) {
    this.budgets = budgets;
    this.recent = recent;
  }

  /**
   * Sets the keys that the next lookups will probably need. The first ones that a request expects
   * tell which requests are alike.
   */
  void expect(List<CacheKey> keys) {
    if (first.isEmpty()) {
      first = keys;
    }
    expected = keys;
  }

  /** Returns the budget of the request; the first call starts it. */
  LookupBudget budget() {
    LookupBudget started = budget;
    if (started == null) {
      started = budgets.get();
      budget = started;
    }
    return started;
  }

  /**
   * Takes the prefetched read of a key. The first call after {@link #expect} sends the prefetch of
   * what is expected, and of what the last request of this kind looked up. Each read can be taken
   * once.
   *
   * @param reader sends the prefetch
   * @return the read; null if there is none on the lookup's connection
   */
  @Nullable EntryRead takePrefetched(RedisLookup<?> lookup, RedisReader reader) {
    if (first.isEmpty()) {
      return null;
    }
    if (!expected.isEmpty()) {
      Set<CacheKey> keys = new LinkedHashSet<>(expected);
      keys.addAll(recent.of(first));
      keys.removeIf(prefetched::wasSent);
      expected = List.of();
      prefetched.addAll(reader.prefetch(keys, lookup.nodes()));
    }
    read.add(lookup.key());
    recent.record(first, read);
    return prefetched.take(lookup.key(), lookup.connection());
  }
}
