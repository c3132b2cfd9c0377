package io.voicerouting.platform;

import java.util.List;
import org.springframework.http.MediaType;

/**
 * An adapter in the API document.
 *
 * @param requestTypes media types of the body that the platform may post; the fields may be in a
 *     query instead if a form is one of them
 * @param contentType of an answer
 * @param call the adapter's own path
 * @param subPaths what is answered below
 */
record PlatformDescription(
    List<String> requestTypes, String contentType, Path call, List<Path> subPaths) {

  /** The body of most platforms. */
  static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

  /** Copies the lists. */
  PlatformDescription {
    requestTypes = List.copyOf(requestTypes);
    subPaths = List.copyOf(subPaths);
  }

  /**
   * A path.
   *
   * @param name of the path below the adapter's; empty for the adapter's own
   * @param title one line
   * @param text what is read and answered, as Markdown
   * @param fields what is read
   * @param example an answer; empty if there is never a body
   */
  record Path(String name, String title, String text, List<Field> fields, String example) {

    /** Copies the list. */
    Path {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field of a query or body.
   *
   * @param example a text, or a map if the field is an object
   */
  record Field(String name, String description, Object example) {}
}
