package io.voicerouting.security;

import io.voicerouting.security.TokenAuthenticator.Outcome;
import io.voicerouting.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Writes refusals of requests without a valid token, or with one of another role. */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final ProblemWriter problems;

  Refusals(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    Object outcome = request.getAttribute(TokenFilter.OUTCOME);
    if (outcome instanceof Outcome.Unavailable unavailable) {
      setRetryAfter(response, unavailable.retryAfter());
      problems.write(request, response, HttpStatus.SERVICE_UNAVAILABLE);
    } else if (outcome instanceof Outcome.Throttled throttled) {
      setRetryAfter(response, throttled.retryAfter());
      response.setHeader(HttpHeaders.CONNECTION, "close"); // the next guess costs a handshake
      problems.write(
          request,
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-failures",
          "Too many requests of this address had a wrong token.");
    } else {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE,
          "Bearer realm=\"voice-routing\", Basic realm=\"voice-routing\", charset=\"UTF-8\"");
      problems.write(request, response, HttpStatus.UNAUTHORIZED);
    }
  }

  private static void setRetryAfter(HttpServletResponse response, Duration time) {
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(time.toSeconds()));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    problems.write(request, response, HttpStatus.FORBIDDEN);
  }
}
