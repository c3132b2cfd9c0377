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
  private @Nullable Supplier<List<CacheKey>> first;
  private @Nullable Supplier<List<CacheKey>> expected;
  private @Nullable LookupBudget budget;
  private @Nullable RedisReads reads;

  /**
   * The reads from Redis of a request.
   *
   * @param kind what the request expected first
   * @param foreseen that, and what the last request of this kind has read
   * @param keys of all lookups that have read Redis
   */
  private record RedisReads(
      List<CacheKey> kind,
      Set<CacheKey> foreseen,
      PrefetchedReads prefetched,
      List<CacheKey> keys) {}

  /**
   * @param budgets starts a budget
   * @param recent what such requests looked up before
   */
  RequestContext(Supplier<LookupBudget> budgets, RecentLookups recent) {
    this.budgets = budgets;
    this.recent = recent;
  }

  /**
   * Sets the keys that the next lookups will probably need. Requests are alike if their first
   * expected keys are equal.
   */
  void expect(Supplier<List<CacheKey>> keys) {
    if (first == null) {
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
    if (first == null) {
      return null;
    }
    RedisReads begun = reads;
    if (begun == null) {
      List<CacheKey> kind = first.get();
      Set<CacheKey> foreseen = new LinkedHashSet<>(kind);
      foreseen.addAll(recent.of(kind));
      begun = new RedisReads(kind, foreseen, new PrefetchedReads(), new ArrayList<>());
      reads = begun;
    }
    if (expected != null) {
      Set<CacheKey> keys = new LinkedHashSet<>(expected.get());
      keys.addAll(begun.foreseen());
      keys.removeIf(begun.prefetched()::wasSent);
      expected = null;
      begun.prefetched().addAll(reader.prefetch(keys, lookup.nodes()));
    }
    begun.keys().add(lookup.key());
    if (!begun.foreseen().containsAll(begun.keys())) {
      recent.record(begun.kind(), begun.keys());
    }
    return begun.prefetched().take(lookup.key(), lookup.connection());
  }
}
