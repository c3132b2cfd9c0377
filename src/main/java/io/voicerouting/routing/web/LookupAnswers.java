package io.voicerouting.routing.web;

import io.voicerouting.cache.Lookup;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.web.ServiceUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** Maps the outcome of a lookup to an HTTP answer. */
final class LookupAnswers {

  private LookupAnswers() {}

  /**
   * Returns the document that was found, and sets {@code Cache-Status}.
   *
   * @param missing type of the problem if there is none, such as {@code extension-not-found}
   * @param detail one sentence for the caller
   */
  static <V> V unwrap(
      Lookup<V> lookup, HttpServletResponse response, String missing, String detail) {
    CacheStatusHeader.set(response, lookup.status());
    return value(lookup, missing, detail);
  }

  /** Returns the document that was found; the caller sets {@code Cache-Status}. */
  static <V> V value(Lookup<V> lookup, String missing, String detail) {
    return switch (lookup) {
      case Lookup.Found<V> found -> found.value();
      case Lookup.Absent<V> absent -> throw new NotFoundException(missing, detail);
      case Lookup.Unavailable<V> unavailable -> throw unavailable(unavailable.retryAfter());
    };
  }

  static ServiceUnavailableException unavailable(Duration retryAfter) {
    return new ServiceUnavailableException(
        "Neither the cache nor the database can answer now.", retryAfter);
  }
}
