package io.voicerouting.common;

/** The request refers to something that does not exist. */
public final class NotFoundException extends RequestException {

  private static final long serialVersionUID = 1L;

  /**
   * Names what is missing.
   *
   * @param type stable name of the problem, such as {@code extension-not-found}
   * @param detail one sentence for the caller
   */
  public NotFoundException(String type, String detail) {
    super(type, detail);
  }
}
