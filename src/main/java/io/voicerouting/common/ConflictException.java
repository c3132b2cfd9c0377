package io.voicerouting.common;

/** The request conflicts with what is stored. */
public final class ConflictException extends RequestException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the conflict.
   *
   * @param type stable name of the problem, such as {@code duplicate-extension-number}
   * @param detail one sentence for the caller
   */
  public ConflictException(String type, String detail) {
    super(type, detail);
  }
}
