package io.voicerouting.web;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Something that the answer needs is unavailable: 503 with {@code Retry-After}. */
public class ServiceUnavailableException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /**
   * @param detail one sentence for the caller
   * @param retryAfter when to try again
   */
  public ServiceUnavailableException(String detail, Duration retryAfter) {
    super(
        HttpStatus.SERVICE_UNAVAILABLE,
        Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail),
        null);
    getHeaders().set(HttpHeaders.RETRY_AFTER, headerValue(retryAfter));
  }

  /** The value of {@code Retry-After}: whole seconds, rounded up, at least one. */
  public static String headerValue(Duration retryAfter) {
    return Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
  }
}
