package io.voicerouting.common;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * A display text: 1 to {@link #max} characters (code points, as PostgreSQL counts), not blank, no
 * control characters. Null is valid.
 */
@Documented
@Constraint(validatedBy = Text.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface Text {

  /** Describes texts of the default length in the API document. */
  String DESCRIPTION = "1 to 255 characters, not blank, no control characters";

  /** Maximum number of characters. */
  int max() default 255;

  /** The message for an invalid value. */
  String message() default "(expected: 1 to {max} characters, not blank, no control characters)";

  /** Groups of Bean Validation; unused. */
  Class<?>[] groups() default {};

  /** Payload of Bean Validation; unused. */
  Class<? extends Payload>[] payload() default {};

  /** The validator of the annotation, which code may also call directly. */
  final class Validator implements ConstraintValidator<Text, String> {

    private int max;

    @Override
    public void initialize(Text constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      return value == null || fits(value, max);
    }

    /**
     * Whether the text has 1 to {@code max} characters, is not blank and has no control characters.
     */
    public static boolean fits(String value, int max) {
      return !value.isBlank()
          && value.codePointCount(0, value.length()) <= max
          && value.codePoints().noneMatch(Validator::unacceptable);
    }

    /** Describes what {@link #fits} accepts. */
    public static String expectation(int max) {
      return "1 to " + max + " characters, not blank, no control characters";
    }

    /** Control characters, and unpaired surrogates, which UTF-8 cannot encode. */
    private static boolean unacceptable(int codePoint) {
      return Character.isISOControl(codePoint)
          || Character.getType(codePoint) == Character.SURROGATE;
    }
  }
}
