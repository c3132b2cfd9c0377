package io.voicerouting.actuate;

import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.web.ServiceUnavailableException;
import java.time.Duration;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What operators are told when Redis cannot do what they asked. */
@RestControllerAdvice
class CacheUnavailableAdvice {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unavailable(CacheUnavailableException failure) {
    var answer =
        new ServiceUnavailableException(
            "Redis did not confirm it: " + failure.getMessage() + ".", RETRY_AFTER);
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .body(answer.getBody());
  }
}
