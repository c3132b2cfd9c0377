package io.voicerouting.platform;

import java.util.List;

/**
 * An adapter in the API document.
 *
 * @param form whether the platform posts a form; else it sends a query
 * @param title one line
 * @param text what is read and answered, as Markdown
 * @param fields what is read
 * @param contentType of an answer
 * @param example an answer
 */
record PlatformDescription(
    boolean form,
    String title,
    String text,
    List<Field> fields,
    String contentType,
    String example) {

  /** Copies the list. */
  PlatformDescription {
    fields = List.copyOf(fields);
  }

  /** A field of a query or form. */
  record Field(String name, String description, String example) {}
}
