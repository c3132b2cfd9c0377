package io.voicerouting.routing.web;

import io.voicerouting.cache.CacheStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** Writes the {@code Cache-Status} header (RFC 9211): one member per lookup, in order. */
final class CacheStatusHeader {

  private CacheStatusHeader() {}

  static void set(HttpServletResponse response, CacheStatus status) {
    response.setHeader(CacheStatus.HEADER, status.headerValue());
  }

  static void set(HttpServletResponse response, List<CacheStatus> statuses) {
    if (!statuses.isEmpty()) {
      response.setHeader(CacheStatus.HEADER, CacheStatus.headerValue(statuses));
    }
  }
}
