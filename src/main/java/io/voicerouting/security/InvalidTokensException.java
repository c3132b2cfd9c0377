package io.voicerouting.security;

import java.util.List;

/** The tokens in the settings protect nothing; the service must not start. */
class InvalidTokensException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidTokensException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
