package io.voicerouting.web;

import io.voicerouting.common.ConflictException;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PreconditionFailedException;
import io.voicerouting.common.RequestException;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes RFC 9457 problem documents of one shape. */
public final class Problems {

  /** Slug of requests whose parameters or body members were refused one by one. */
  static final String VALIDATION_FAILED = "validation-failed";

  /** Slug of bodies that are not JSON. */
  static final String MALFORMED_BODY = "malformed-body";

  /** Member of problem documents that lists field errors. */
  static final String ERRORS = "errors";

  private Problems() {}

  /** A problem named by its slug; the title is the slug in words. */
  static ProblemDetail of(HttpStatusCode status, String slug, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("/problems/" + slug));
    problem.setTitle(title(slug));
    return problem;
  }

  /** A problem about which nothing is known but the status. */
  static ProblemDetail of(HttpStatusCode status) {
    return switch (status.value()) {
      case 400 -> of(status, "bad-request", "The request cannot be understood.");
      case 401 -> of(status, "unauthorized", "A valid token is needed.");
      case 403 -> of(status, "forbidden", "The token's role does not reach this path.");
      case 404 -> of(status, "not-found", "There is nothing at this path.");
      case 405 -> of(status, "method-not-allowed", "The path does not support this method.");
      case 406 -> of(status, "not-acceptable", "Answers are JSON.");
      case 408 -> of(status, "request-timeout", "The request did not arrive in time.");
      case 413 -> of(status, "content-too-large", "The body is longer than is accepted.");
      case 414 -> of(status, "uri-too-long", "The URI is longer than is accepted.");
      case 415 -> of(status, "unsupported-media-type", "Bodies are JSON.");
      case 431 -> of(status, "request-header-fields-too-large", "The headers are too long.");
      case 500 -> of(status, "internal-error", "The service failed; the log says why.");
      case 503 -> of(status, "unavailable", "The service cannot answer now; try again.");
      default -> of(status, slug(status), "The request was refused.");
    };
  }

  /** The problem of a request that cannot be served as it stands. */
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

  /** An answer with the problem of a request that cannot be served as it stands. */
  public static ResponseEntity<ProblemDetail> toResponse(RequestException failure) {
    ProblemDetail problem = of(failure);
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  private static String slug(HttpStatusCode status) {
    HttpStatus known = HttpStatus.resolve(status.value());
    return known == null
        ? "status-" + status.value()
        : known.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** A slug in words. */
  static String title(String slug) {
    String words = slug.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
