package io.voicerouting.common;

/** The stored document has changed since the caller read it. */
public final class PreconditionFailedException extends RequestException {

  private static final long serialVersionUID = 1L;

  /**
   * Rejects the change.
   *
   * @param detail one sentence for the caller
   */
  public PreconditionFailedException(String detail) {
    super("precondition-failed", detail);
  }
}
