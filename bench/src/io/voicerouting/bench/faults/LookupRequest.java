package io.voicerouting.bench.faults;

import io.voicerouting.bench.Endpoint;
import io.voicerouting.bench.SampleData;
import io.voicerouting.bench.ServiceProcess;
import io.voicerouting.testing.TestTokens;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lookup of the load.
 *
 * @param number of the extension
 * @param document the versioned document that is looked up; null for kinds other than {@code
 *     WRITTEN}
 */
record LookupRequest(
    Endpoint endpoint,
    long organizationId,
    int number,
    Kind kind,
    @Nullable VersionedDocument document) {

  private static final Pattern FORWARD_TO = Pattern.compile("\"forward_to\":\"\\+1555(\\d+)\"");
  private static final Pattern DIALLED = Pattern.compile("\"number\":\"\\+1555(\\d+)\"");
  private static final Pattern NAME = Pattern.compile("\"name\":\"Office hours (\\d+)\"");

  /** Whether a cache entry can be expected. */
  enum Kind {
    /** Looked up before. */
    WARM,
    /** Never looked up before. */
    COLD,
    /** Written all the time. */
    WRITTEN
  }

  /** A lookup of a versioned document itself. */
  static LookupRequest of(VersionedDocument document) {
    return of(document, document.isSchedule() ? Endpoint.BUSINESS_HOURS : Endpoint.EXTENSION);
  }

  /** A lookup of an answer that contains the document's version. */
  static LookupRequest of(VersionedDocument document, Endpoint endpoint) {
    return new LookupRequest(
        endpoint, document.organizationId(), SampleData.FIRST_NUMBER, Kind.WRITTEN, document);
  }

  /** Sends the request; null if there is no response in time. */
  @Nullable HttpResponse<String> send(ServiceProcess instance) {
    try {
      return instance.get(endpoint.path(organizationId, number), TestTokens.PLATFORM);
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  /** The version in a response; null if it contains none. */
  @Nullable Integer version(@Nullable HttpResponse<String> response) {
    Pattern pattern =
        switch (endpoint) {
          case EXTENSION -> FORWARD_TO;
          case DECISION -> DIALLED;
          case BUSINESS_HOURS -> NAME;
          case NUMBER, ISSUED_TOKEN, RTJSON, FREESWITCH, FREESWITCH_15_KB ->
              throw new IllegalStateException(endpoint + " (expected: a lookup or a decision)");
        };
    Matcher matcher = pattern.matcher(response == null ? "" : response.body());
    return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
  }
}
