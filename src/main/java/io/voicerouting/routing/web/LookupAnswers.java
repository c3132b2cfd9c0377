package io.voicerouting.routing.web;

import io.voicerouting.cache.Lookup;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.web.ServiceUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** From the outcome of a lookup to the answer over HTTP. */
final class LookupAnswers {

  private LookupAnswers() {}

  /**
   * The document; says in the response how it was found.
   *
   * @param missing problem of a document that does not exist, such as {@code extension-not-found}
   * @param detail one sentence on it for people
   */
  static <V> V unwrap(
      Lookup<V> lookup, HttpServletResponse response, String missing, String detail) {
    CacheStatusHeader.set(response, lookup.status());
    return switch (lookup) {
      case Lookup.Found<V> found -> found.value();
      case Lookup.Absent<V> absent -> throw new NotFoundException(missing, detail);
      case Lookup.Unavailable<V> unavailable -> throw unavailable(unavailable.retryAfter());
    };
  }

  static ServiceUnavailableException unavailable(Duration retryAfter) {
    return new ServiceUnavailableException(
        "Neither a cached copy nor the database can answer now.", retryAfter);
  }
}
