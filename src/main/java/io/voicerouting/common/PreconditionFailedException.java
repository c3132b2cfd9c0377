package io.voicerouting.common;

/** The stored document is not the one that the caller wants to change. */
public final class PreconditionFailedException extends RequestException {

  private static final long serialVersionUID = 1L;

  /**
   * Refuses the change.
   *
   * @param detail one sentence for the caller
   */
  public PreconditionFailedException(String detail) {
    super("precondition-failed", detail);
  }
}
