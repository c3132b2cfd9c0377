package io.voicerouting.common;

/**
 * A request that is rejected because of its content or of what is stored. The message is one
 * sentence for the caller and contains no secrets.
 */
public abstract sealed class RequestException extends RuntimeException
    permits ConflictException,
        InvalidFieldsException,
        NotFoundException,
        PreconditionFailedException {

  private static final long serialVersionUID = 1L;

  private final String type;

  RequestException(String type, String detail) {
    super(detail);
    this.type = type;
  }

  /** Stable name of the problem, such as {@code extension-not-found}. */
  public String type() {
    return type;
  }
}
