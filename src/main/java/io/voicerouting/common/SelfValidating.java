package io.voicerouting.common;

import java.util.List;
import java.util.Set;

/** A request body with rules that its annotations cannot express. */
public interface SelfValidating {

  /**
   * Checks the rules that are not annotations. Called together with Bean Validation, so that the
   * caller gets all errors in one answer.
   *
   * <p>A required member may be null here, because it is missing or could not be read. That has
   * been reported already.
   */
  List<FieldError> validate();

  /**
   * Validates the body like {@link #validate()}, for bodies whose members depend on each other.
   *
   * @param unreadable members that could not be read, and are null here
   */
  default List<FieldError> validate(Set<String> unreadable) {
    return validate();
  }
}
