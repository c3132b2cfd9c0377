package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the lookups of one request share: one budget, and the prefetched reads of the entries that
 * the request is expected to need. Both start with the first lookup that the near cache cannot
 * answer. Used by one thread.
 */
final class RequestContext {

  private final Supplier<LookupBudget> budgets;
  private List<CacheKey> expected = List.of();
  private @Nullable LookupBudget budget;
  private @Nullable PrefetchedReads prefetched;

  /**
   * Creates the context of a request.
   *
   * @param budgets starts a budget
   */
  RequestContext(Supplier<LookupBudget> budgets) {
    this.budgets = budgets;
  }

  /** Sets the keys that the next lookups will probably need. */
  void expect(List<CacheKey> keys) {
    expected = keys;
    prefetched = null;
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
   * Takes the prefetched read of a key; the first call sends the prefetch. Each read can be taken
   * once.
   *
   * @param reader sends the prefetch
   * @return the read; null if there is none on the lookup's connection
   */
  @Nullable EntryRead takePrefetched(RedisLookup<?> lookup, RedisReader reader) {
    if (expected.isEmpty()) {
      return null;
    }
    PrefetchedReads sent = prefetched;
    if (sent == null) {
      sent = reader.prefetch(expected, lookup.nodes());
      prefetched = sent;
    }
    return sent.take(lookup.key(), lookup.connection());
  }
}
