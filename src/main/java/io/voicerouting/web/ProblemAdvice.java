package io.voicerouting.web;

import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** The table from exception to problem document; {@link DataProblems} has the database's part. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleAnythingElse(Exception failure, WebRequest request) {
    ErrorResponseException known = DataProblems.translate(failure);
    if (known != null) {
      logger.debug("A change was refused", failure);
      return handleErrorResponseException(
          known, known.getHeaders(), known.getStatusCode(), request);
    }
    logger.error("A request failed", failure);
    HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
    return handleExceptionInternal(failure, null, new HttpHeaders(), status, request);
  }

  /** Firewall and Tomcat look at headers and parameters only when somebody reads them. */
  @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
  @Nullable ResponseEntity<Object> handleRejected(Exception failure, WebRequest request) {
    HttpStatus status = HttpStatus.BAD_REQUEST;
    return handleExceptionInternal(failure, null, new HttpHeaders(), status, request);
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
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors = new ArrayList<>();
    failure.getFieldErrors().forEach(error -> errors.add(asFieldError(error)));
    failure
        .getGlobalErrors()
        .forEach(error -> errors.add(new FieldError(FieldNames.BODY, message(error))));
    return invalid(failure, errors, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors = new ArrayList<>();
    for (ParameterValidationResult result : failure.getParameterValidationResults()) {
      if (result instanceof ParameterErrors bean) {
        bean.getFieldErrors().forEach(error -> errors.add(asFieldError(error)));
      } else {
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        result
            .getResolvableErrors()
            .forEach(
                error -> errors.add(new FieldError(FieldNames.snakeCase(name), message(error))));
      }
    }
    return invalid(failure, errors, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String name =
        failure instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(failure.getPropertyName());
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    Class<?> type = failure.getRequiredType();
    String message =
        root.getMessage() != null && root.getMessage().contains("(expected: ")
            ? root.getMessage()
            : FieldError.describe(
                String.valueOf(failure.getValue()),
                Expectations.of(type == null ? String.class : type));
    return invalid(failure, List.of(new FieldError(name, message)), headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    FieldError error = new FieldError(failure.getParameterName(), "is required");
    return invalid(failure, List.of(error), headers, request);
  }

  /** Every answer to a failure passes here; it keeps our documents and replaces Spring's. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpHeaders answer = new HttpHeaders(headers);
    // Set here, so that what the caller accepts cannot turn a problem into an empty 406.
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

  private @Nullable ResponseEntity<Object> invalid(
      Exception failure, List<FieldError> errors, HttpHeaders headers, WebRequest request) {
    ProblemDetail problem = Problems.invalid(Problems.VALIDATION_FAILED, errors);
    return handleExceptionInternal(failure, problem, headers, HttpStatus.BAD_REQUEST, request);
  }

  private static FieldError asFieldError(org.springframework.validation.FieldError error) {
    return new FieldError(FieldNames.snakeCase(error.getField()), message(error));
  }

  private static String message(MessageSourceResolvable error) {
    return String.valueOf(error.getDefaultMessage());
  }

  private static String unreadable(HttpMessageNotReadableException failure) {
    if (failure.getCause() instanceof JacksonException json) {
      TokenStreamLocation at = json.getLocation();
      String field = FieldNames.of(json);
      String where = field.equals(FieldNames.BODY) ? "" : field + ": ";
      return where
          + json.getOriginalMessage()
          + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
    }
    return "The body must be one JSON document and nothing else.";
  }
}
