package io.voicerouting.security;

import java.util.List;

/** The configured tokens do not protect the service, so it must not start. */
class InvalidTokensException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidTokensException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
