package io.voicerouting.cache;

import java.util.List;

/**
 * Looks documents up for one request, on one thread. All its lookups together take no more time
 * than one lookup may.
 */
public interface RequestReader extends CacheReader {

  /**
   * Announces the next lookups. The next lookup that must read Redis reads the entries of all these
   * keys at once; keys that were announced before are forgotten.
   *
   * @param keys what the request will probably look up
   */
  void expect(List<CacheKey> keys);
}
