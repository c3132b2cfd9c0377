package io.voicerouting.common;

import java.util.List;

/** Parameters of the request, or members of its body, are invalid. */
public final class InvalidFieldsException extends RequestException {

  /** Most errors that an answer lists; more would not help the caller. */
  public static final int MAX_ERRORS = 100;

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  /**
   * Reports errors.
   *
   * @param errors at least one
   */
  public InvalidFieldsException(List<FieldError> errors) {
    super("validation-failed", summarize(errors));
    this.errors = List.copyOf(errors);
  }

  /**
   * Reports one invalid value.
   *
   * @param expected what would have been accepted
   */
  public InvalidFieldsException(String field, Object value, String expected) {
    this(List.of(FieldError.unexpected(field, value, expected)));
  }

  /** The errors, at least one. */
  public List<FieldError> errors() {
    return errors;
  }

  private static String summarize(List<FieldError> errors) {
    if (errors.size() == 1) {
      return errors.getFirst().field() + ": " + errors.getFirst().message();
    }
    return errors.size() > MAX_ERRORS
        ? "More than " + MAX_ERRORS + " fields are invalid; errors lists the first of them."
        : errors.size() + " fields are invalid; errors lists them.";
  }
}
