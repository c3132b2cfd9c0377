package io.voicerouting.cache.redis;

import io.voicerouting.cache.CacheUnavailableException;

/** The server of a connection is, or may be, another primary than when the connection opened. */
public final class ReignEndedException extends CacheUnavailableException {

  private static final long serialVersionUID = 1L;

  public ReignEndedException(String message) {
    super(message);
  }
}
