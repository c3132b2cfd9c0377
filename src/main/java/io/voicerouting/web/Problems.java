package io.voicerouting.web;

import io.voicerouting.common.ConflictException;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PreconditionFailedException;
import io.voicerouting.common.RequestException;
import java.net.URI;
import java.util.Locale;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Creates RFC 9457 problem documents. */
public final class Problems {

  /** Type of requests with invalid parameters or body members. */
  static final String VALIDATION_FAILED = "validation-failed";

  /** Type of bodies that are not JSON. */
  static final String MALFORMED_BODY = "malformed-body";

  /** Member of problem documents that lists field errors. */
  static final String ERRORS = "errors";

  /** The name under which tracing keeps the id of the trace for log lines. */
  private static final String TRACE_ID = "traceId";

  private Problems() {}

  /**
   * Creates a problem. Its title is its type in words.
   *
   * @param type stable name, such as {@code not-found}
   */
  static ProblemDetail of(HttpStatusCode status, String type, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("/problems/" + type));
    problem.setTitle(title(type));
    String traceId = MDC.get(TRACE_ID);
    if (traceId != null) { // the request is traced
      problem.setProperty("trace_id", traceId);
    }
    return problem;
  }

  /** Creates the problem of a status when nothing more is known. */
  static ProblemDetail of(HttpStatusCode status) {
    return switch (status.value()) {
      case 400 -> of(status, "bad-request", "The request is malformed.");
      case 401 -> of(status, "unauthorized", "A valid token is required.");
      case 403 -> of(status, "forbidden", "The token's role has no access to this path.");
      case 404 -> of(status, "not-found", "There is no resource at this path.");
      case 405 -> of(status, "method-not-allowed", "The path does not support this method.");
      case 406 -> of(status, "not-acceptable", "The service answers JSON only.");
      case 408 -> of(status, "request-timeout", "The request did not arrive in time.");
      case 413 -> of(status, "content-too-large", "The body is longer than 1 MiB.");
      case 414 -> of(status, "uri-too-long", "The URI is too long.");
      case 415 -> of(status, "unsupported-media-type", "The body must be application/json.");
      case 431 -> of(status, "request-header-fields-too-large", "The headers are too long.");
      case 500 -> of(status, "internal-error", "The service failed; see its log.");
      case 503 -> of(status, "unavailable", "The service cannot answer now; try again later.");
      default -> of(status, nameOf(status), "The request was rejected.");
    };
  }

  /** Creates the problem of an expected failure. */
  static ProblemDetail of(RequestException failure) {
    HttpStatus status =
        switch (failure) {
          case NotFoundException missing -> HttpStatus.NOT_FOUND;
          case ConflictException conflict -> HttpStatus.CONFLICT;
          case PreconditionFailedException stale -> HttpStatus.PRECONDITION_FAILED;
          case InvalidFieldsException invalid -> HttpStatus.BAD_REQUEST;
        };
    ProblemDetail problem = of(status, failure.type(), String.valueOf(failure.getMessage()));
    if (failure instanceof InvalidFieldsException invalid) {
      problem.setProperty(
          ERRORS, invalid.errors().stream().limit(InvalidFieldsException.MAX_ERRORS).toList());
    }
    return problem;
  }

  /** Creates a response with the problem of an expected failure. */
  public static ResponseEntity<ProblemDetail> toResponse(RequestException failure) {
    ProblemDetail problem = of(failure);
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  private static String nameOf(HttpStatusCode status) {
    HttpStatus known = HttpStatus.resolve(status.value());
    return known == null
        ? "status-" + status.value()
        : known.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  static String title(String type) {
    String words = type.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
