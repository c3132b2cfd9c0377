package io.voicerouting.platform;

import io.voicerouting.common.CallUri;
import io.voicerouting.common.EvaluationInstant;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.UrlText;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.CallerId;
import io.voicerouting.routing.DecisionRequest;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A request of a platform. The servlet's parameters are never used: one invalid name, or more than
 * a thousand fields, would make all of them unreadable.
 *
 * @param organizationId the organization in the URL; null if there is none
 * @param subPath the path below the adapter's, without a slash at its start or end
 * @param query of the URL, encoded; null if there is none
 * @param servlet for headers and the URL; its body is read
 * @param body as it was sent; empty if there is none
 * @param now the instant to evaluate, unless the URL has another one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record PlatformRequest(
    @Nullable Long organizationId,
    String subPath,
    @Nullable String query,
    HttpServletRequest servlet,
    byte[] body,
    Instant now) {

  /** Longest body, in bytes. */
  static final int LONGEST_BODY = 256 * 1024;

  private static final byte[] NO_BODY = {};

  private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

  private static final FormFields URL_FIELDS = new FormFields("direction", "at");

  /**
   * Reads the body, into one array if its length is known.
   *
   * @return null if it is too long
   */
  static byte @Nullable [] readBody(HttpServletRequest request) throws IOException {
    int length = request.getContentLength();
    if (length > LONGEST_BODY) {
      return null;
    }
    ServletInputStream body = request.getInputStream();
    if (length < 0) { // none, or chunked
      byte[] bytes = body.isFinished() ? NO_BODY : body.readNBytes(LONGEST_BODY + 1);
      return bytes.length > LONGEST_BODY ? null : bytes;
    }
    byte[] bytes = new byte[length];
    int read = body.readNBytes(bytes, 0, length);
    return read == length ? bytes : Arrays.copyOf(bytes, read);
  }

  /** This request with another path below the adapter's, and another query. */
  PlatformRequest withPath(String otherPath, String otherQuery) {
    return new PlatformRequest(organizationId, otherPath, otherQuery, servlet, body, now);
  }

  /** Whether the body, if there is one, is a form. */
  boolean isForm() {
    String type = servlet.getContentType();
    return body.length == 0 || type == null || type.regionMatches(true, 0, FORM, 0, FORM.length());
  }

  /** The fields of the form and of the query; a field of the form counts if both have it. */
  FieldValues find(FormFields fields) {
    return fields.find(body, query);
  }

  /**
   * Creates the request for a decision about a call. Its direction is in the URL, else it is
   * internal within an organization and inbound without.
   *
   * @param to the dialled number, or a URI whose user part it is
   * @param from the caller in any form; null or empty if withheld
   * @param domain the SIP domain that was called; null to read it from {@code to}
   * @return null if nothing was dialled by which a call could be routed
   */
  @Nullable DecisionRequest toCall(
      @Nullable String to, @Nullable String from, @Nullable String domain) {
    FieldValues url = URL_FIELDS.find(query);
    CallDirection direction = direction(url.get("direction"));
    Instant at = instant(url.get("at"));
    String dialled = to == null ? "" : UrlText.restorePlus(to);
    String number = CallUri.user(dialled);
    if (direction == null || at == null || !isDiallable(number)) {
      return null;
    }
    String host = CallUri.host(domain == null ? dialled : "sip:" + domain);
    if (organizationId == null && host == null && !PhoneTargets.isE164(number)) {
      return null;
    }
    String caller = from == null ? null : CallerId.clean(UrlText.restorePlus(from));
    return new DecisionRequest(organizationId, host, number, caller, direction, at);
  }

  private @Nullable CallDirection direction(@Nullable String text) {
    if (text != null) {
      return CallDirection.of(text);
    }
    return organizationId == null ? CallDirection.INBOUND : CallDirection.INTERNAL;
  }

  private @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? now : EvaluationInstant.of(text).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isDiallable(String number) {
    return PhoneTargets.isExtensionNumber(number) || PhoneTargets.isE164(number);
  }
}
