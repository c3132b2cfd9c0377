package io.voicerouting.extension;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;

/**
 * An extension number as it stands in a path or parameter. Controllers declare it as the type of
 * their parameter, so that anything else is a 400 before their code runs.
 *
 * @param value {@code [0-9*#+]{1,16}}
 */
@Schema(type = "string", pattern = PhoneTargets.EXTENSION_NUMBER_SCHEMA)
public record ExtensionNumber(String value) {

  /** Refuses what nobody can dial. */
  public ExtensionNumber {
    if (!PhoneTargets.isExtensionNumber(value)) {
      throw new IllegalArgumentException(FieldError.describe(value, PhoneTargets.EXTENSION_NUMBER));
    }
  }

  /**
   * Makes one of a parameter; Spring finds this method by its shape.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ExtensionNumber of(String text) {
    return new ExtensionNumber(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
