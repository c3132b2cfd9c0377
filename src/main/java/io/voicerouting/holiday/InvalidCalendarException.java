package io.voicerouting.holiday;

/**
 * A calendar cannot be read. The message is shown to administrators: it is one clause without a
 * subject, such as {@code answered 404}, and contains no secrets.
 */
final class InvalidCalendarException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidCalendarException(String message) {
    super(message);
  }
}
