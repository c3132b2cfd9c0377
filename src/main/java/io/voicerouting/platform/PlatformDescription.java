package io.voicerouting.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * An adapter in the API document.
 *
 * @param requestType media type of the body that the platform posts; null if it sends a query
 * @param title one line
 * @param text what is read and answered, as Markdown
 * @param fields what is read
 * @param contentType of an answer
 * @param example an answer
 */
record PlatformDescription(
    @Nullable String requestType,
    String title,
    String text,
    List<Field> fields,
    String contentType,
    String example) {

  /** Copies the list. */
  PlatformDescription {
    fields = List.copyOf(fields);
  }

  /**
   * A platform that posts a form or sends a query.
   *
   * @param form whether it posts a form
   */
  PlatformDescription(
      boolean form,
      String title,
      String text,
      List<Field> fields,
      String contentType,
      String example) {
    this(
        form ? MediaType.APPLICATION_FORM_URLENCODED_VALUE : null,
        title,
        text,
        fields,
        contentType,
        example);
  }

  /** A field of a query or body. */
  record Field(String name, String description, String example) {}
}
