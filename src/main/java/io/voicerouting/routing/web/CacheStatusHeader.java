package io.voicerouting.routing.web;

import io.voicerouting.cache.CacheStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.StringJoiner;

/** Writes the {@code Cache-Status} header (RFC 9211): one member per lookup, in order. */
final class CacheStatusHeader {

  private static final String NAME = "Cache-Status";

  private CacheStatusHeader() {}

  static void set(HttpServletResponse response, CacheStatus status) {
    response.setHeader(NAME, status.headerValue());
  }

  /** Adds another lookup to those that are written already. */
  static void add(HttpServletResponse response, CacheStatus status) {
    String written = response.getHeader(NAME);
    response.setHeader(
        NAME, written == null ? status.headerValue() : written + ", " + status.headerValue());
  }

  static void set(HttpServletResponse response, List<CacheStatus> statuses) {
    StringJoiner members = new StringJoiner(", ");
    for (CacheStatus status : statuses) {
      members.add(status.headerValue());
    }
    if (members.length() > 0) {
      response.setHeader(NAME, members.toString());
    }
  }
}
