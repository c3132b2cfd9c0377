package io.voicerouting.actuate;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.PageQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads page parameters of the actuator, which does not use the argument resolvers of controllers.
 */
final class Pages {

  private Pages() {}

  static PageQuery of(@Nullable Integer page, @Nullable Integer size) {
    int wantedPage = page == null ? 0 : page;
    int wantedSize = size == null ? PageQuery.DEFAULT_SIZE : size;
    List<FieldError> errors = new ArrayList<>();
    if (wantedPage < 0) {
      errors.add(FieldError.unexpected("page", wantedPage, "0 or more"));
    }
    if (wantedSize < 1 || wantedSize > PageQuery.MAX_SIZE) {
      errors.add(FieldError.unexpected("size", wantedSize, "1 to " + PageQuery.MAX_SIZE));
    }
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return new PageQuery(wantedPage, wantedSize);
  }
}
