package io.voicerouting.common;

/**
 * A phone number in a path or parameter.
 *
 * @param value E.164 with its plus sign
 */
public record E164Number(String value) {

  public E164Number {
    if (!PhoneTargets.isE164(value)) {
      throw new IllegalArgumentException(
          FieldError.describe(value, "phone number, E.164 with its plus sign"));
    }
  }

  /**
   * Creates a number from a parameter.
   *
   * @throws IllegalArgumentException if the text is no E.164 number
   */
  public static E164Number of(String text) {
    return new E164Number(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
