package io.voicerouting.cache;

import java.util.List;
import java.util.function.Supplier;

/**
 * Looks documents up for one request, on one thread. All its lookups together take no more time
 * than one lookup may.
 */
public interface RequestReader extends CacheReader {

  /**
   * Announces the next lookups. The next lookup that must read Redis reads the entries of all these
   * keys at once. Keys that were announced earlier and are not read yet are dropped. Without a near
   * cache, it also reads what the last request with the same first announcement has read.
   *
   * @param keys supplies what the request will probably look up; called only when Redis is read
   */
  void expect(Supplier<List<CacheKey>> keys);
}
