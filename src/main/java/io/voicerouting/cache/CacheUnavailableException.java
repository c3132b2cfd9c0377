package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * The cache could not do what was requested: Redis refused or did not confirm it in time, or the
 * database is down.
 */
public class CacheUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried
   */
  public CacheUnavailableException(String message) {
    super(message);
  }

  /**
   * @param message what was tried
   * @param cause failure of Redis or of the connection; null if it is not known
   */
  public CacheUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
