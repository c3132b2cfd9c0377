package io.voicerouting.routing.web;

import io.voicerouting.cache.CacheStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** The {@code Cache-Status} header (RFC 9211): one member per lookup, in order. */
final class CacheStatusHeader {

  private static final String NAME = "Cache-Status";

  private CacheStatusHeader() {}

  static void set(HttpServletResponse response, CacheStatus status) {
    response.setHeader(NAME, status.headerValue());
  }

  static void set(HttpServletResponse response, List<CacheStatus> statuses) {
    if (!statuses.isEmpty()) {
      response.setHeader(
          NAME, String.join(", ", statuses.stream().map(CacheStatus::headerValue).toList()));
    }
  }
}
