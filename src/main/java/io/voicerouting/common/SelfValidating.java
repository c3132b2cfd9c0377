package io.voicerouting.common;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * Shortens a list that is too long to one element more than the maximum, so that validation
   * rejects it and does not process the rest.
   */
  static <T> @Nullable List<T> truncate(@Nullable List<T> list, int most) {
    return list == null || list.size() <= most ? list : list.subList(0, most + 1);
  }
}
