package io.voicerouting.cache;

/**
 * The cache could not do what was asked of it: Redis refused or did not confirm it in time, or what
 * is to be cached cannot be had.
 */
public class CacheUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what could not be done.
   *
   * @param message what was tried
   */
  public CacheUnavailableException(String message) {
    super(message);
  }

  /**
   * Says what could not be done, and why.
   *
   * @param message what was tried
   * @param cause what Redis or the connection said
   */
  public CacheUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
