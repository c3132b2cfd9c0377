package io.voicerouting.extension;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;

/**
 * An extension number in a path or parameter. A controller that declares a parameter of this type
 * is called with valid numbers only; others are answered 400.
 *
 * @param value {@code [0-9*#+]{1,16}}
 */
@Schema(type = "string", pattern = PhoneTargets.EXTENSION_NUMBER_SCHEMA)
public record ExtensionNumber(String value) {

  public ExtensionNumber {
    if (!PhoneTargets.isExtensionNumber(value)) {
      throw new IllegalArgumentException(FieldError.describe(value, PhoneTargets.EXTENSION_NUMBER));
    }
  }

  /**
   * Creates a number from a parameter. Spring's conversion service calls this method.
   *
   * @throws IllegalArgumentException if the text is no extension number
   */
  public static ExtensionNumber of(String text) {
    return new ExtensionNumber(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
