package io.voicerouting.actuate;

import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.web.Problems;
import io.voicerouting.web.ServiceUnavailableException;
import io.voicerouting.web.TypeDescriptions;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.actuate.endpoint.invoke.ParameterMappingException;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Maps exceptions of the operations endpoint to problem documents. Ordered before the general
 * advice, which handles every exception.
 */
@RestControllerAdvice
@Order(0)
class OperationsAdvice {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** The cache could not carry out the operation. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> handleUnavailable(CacheUnavailableException failure) {
    ServiceUnavailableException answer =
        new ServiceUnavailableException(
            "The cache could not carry out the operation: " + failure.getMessage() + ".",
            RETRY_AFTER);
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .body(answer.getBody());
  }

  /** A selector or parameter has the wrong type. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> handleUnreadable(ParameterMappingException failure) {
    String message =
        TypeDescriptions.describeMismatch(
            failure.getValue(), failure.getParameter().getType(), failure);
    FieldError error = new FieldError(failure.getParameter().getName(), message);
    return Problems.toResponse(new InvalidFieldsException(List.of(error)));
  }
}
