package io.voicerouting.cache;

/** The database could not be asked; nothing is known about the row. */
class LoadFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadFailedException(String message) {
    super(message);
  }

  LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
