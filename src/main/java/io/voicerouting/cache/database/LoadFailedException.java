package io.voicerouting.cache.database;

/** The database could not be asked; nothing is known about the row. */
public class LoadFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LoadFailedException(String message) {
    super(message);
  }

  public LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
