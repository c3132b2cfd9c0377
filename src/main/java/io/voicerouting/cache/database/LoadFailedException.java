package io.voicerouting.cache.database;

/** The database did not answer a load; nothing is known about the row. */
public class LoadFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LoadFailedException(String message) {
    super(message);
  }

  public LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
