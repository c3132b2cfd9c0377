package io.voicerouting.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Parameters or members of the body were refused: 400 with every field error at once. */
public class InvalidFieldsException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  /**
   * Lists what is wrong.
   *
   * @param errors at least one
   */
  public InvalidFieldsException(List<FieldError> errors) {
    super(HttpStatus.BAD_REQUEST, Problems.invalid(Problems.VALIDATION_FAILED, errors), null);
    this.errors = List.copyOf(errors);
  }

  /**
   * Refuses one value.
   *
   * @param expected what would have been accepted
   */
  public InvalidFieldsException(String field, Object value, String expected) {
    this(List.of(FieldError.unexpected(field, value, expected)));
  }

  /** What is wrong, at least one. */
  List<FieldError> errors() {
    return errors;
  }
}
