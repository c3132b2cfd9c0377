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

  /** Adds another lookup to those that are written already. */
  static void add(HttpServletResponse response, CacheStatus status) {
    String written = response.getHeader(CacheStatus.HEADER);
    response.setHeader(
        CacheStatus.HEADER,
        written == null ? status.headerValue() : written + ", " + status.headerValue());
  }

  static void set(HttpServletResponse response, List<CacheStatus> statuses) {
    if (!statuses.isEmpty()) {
      response.setHeader(CacheStatus.HEADER, CacheStatus.headerValue(statuses));
    }
  }
}
