package io.voicerouting.cache.redis;

import io.voicerouting.cache.CacheUnavailableException;

/** The server of a connection is no longer the primary that it was when the connection opened. */
public final class ReignEndedException extends CacheUnavailableException {

  private static final long serialVersionUID = 1L;

  ReignEndedException(String message) {
    super(message);
  }
}
