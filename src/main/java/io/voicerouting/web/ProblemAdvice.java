package io.voicerouting.web;

import io.voicerouting.common.RequestException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;

/** Maps exceptions to problem documents; {@link DataProblems} maps those of the database. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

  /** In Jackson's messages, such as ", from `StreamReadConstraints.getMaxNestingDepth()`". */
  private static final Pattern SOURCE_OF_LIMIT = Pattern.compile(", from `[^`]+`");

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleRequestException(
      RequestException failure, WebRequest request) {
    ProblemDetail problem = Problems.of(failure);
    HttpStatusCode status = HttpStatusCode.valueOf(problem.getStatus());
    return handleExceptionInternal(failure, problem, new HttpHeaders(), status, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleAnythingElse(Exception failure, WebRequest request) {
    ErrorResponseException known = DataProblems.translate(failure);
    if (known != null) {
      logger.debug("The database rejected a request", failure);
      return handleErrorResponseException(
          known, known.getHeaders(), known.getStatusCode(), request);
    }
    logger.error("Request failed", failure);
    HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
    return handleExceptionInternal(failure, null, new HttpHeaders(), status, request);
  }

  /** The firewall and Tomcat check headers and parameters when they are read. */
  @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
  @Nullable ResponseEntity<Object> handleRejected(Exception failure, WebRequest request) {
    HttpStatus status = HttpStatus.BAD_REQUEST;
    return handleExceptionInternal(failure, null, new HttpHeaders(), status, request);
  }

  /** Names {@code HEAD} and {@code OPTIONS}, too, which Spring answers, in a stable order. */
  @Override
  protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpHeaders answer = new HttpHeaders(headers);
    Set<HttpMethod> supported = failure.getSupportedHttpMethods();
    if (supported != null) {
      Set<HttpMethod> allowed = new TreeSet<>(supported);
      allowed.add(HttpMethod.OPTIONS);
      if (supported.contains(HttpMethod.GET)) {
        allowed.add(HttpMethod.HEAD);
      }
      answer.setAllow(allowed);
    }
    return handleExceptionInternal(failure, null, answer, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem = Problems.of(status, Problems.MALFORMED_BODY, unreadable(failure));
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String accepted = MediaType.toString(failure.getSupportedMediaTypes());
    ProblemDetail problem =
        Problems.of(status, "unsupported-media-type", "The body must be " + accepted + ".");
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  /**
   * Completes every answer to an exception: keeps the service's problem documents and replaces
   * Spring's.
   */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpHeaders answer = new HttpHeaders(headers);
    // Otherwise an Accept header without problem+json would turn the problem into an empty 406.
    answer.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    Object problem = body;
    if (problem == null && failure instanceof ErrorResponseException ours) {
      problem = ours.getBody();
    }
    if (!(problem instanceof ProblemDetail detail) || detail.getType() == null) {
      problem = Problems.of(status);
    }
    return createResponseEntity(problem, answer, status, request);
  }

  private static String unreadable(HttpMessageNotReadableException failure) {
    // The messages of data binding, such as about a second document, name Jackson's classes.
    if (failure.getCause() instanceof JacksonException json
        && !(json instanceof DatabindException)) {
      TokenStreamLocation at = json.getLocation();
      return SOURCE_OF_LIMIT.matcher(json.getOriginalMessage()).replaceFirst("")
          + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
    }
    return "The body must be one JSON document and nothing else.";
  }
}
