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
 * Text for people: 1 to {@link #max} characters (code points, as PostgreSQL counts), not blank,
 * without control characters. Null is valid.
 */
@Documented
@Constraint(validatedBy = Text.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface Text {

  /** Most characters. */
  int max() default 255;

  /** What is said of a value that does not fit. */
  String message() default "(expected: 1 to {max} characters, not blank, no control characters)";

  /** Bean Validation's groups; none are used. */
  Class<?>[] groups() default {};

  /** Bean Validation's payload; none is used. */
  Class<? extends Payload>[] payload() default {};

  /** The rule, for the constraint above and for code that checks by hand. */
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

    /** Whether the text has 1 to {@code max} characters, not all blank and none of control. */
    public static boolean fits(String value, int max) {
      return !value.isBlank()
          && value.codePointCount(0, value.length()) <= max
          && value.codePoints().noneMatch(Validator::unacceptable);
    }

    /** What {@link #fits} wants, in words. */
    public static String expectation(int max) {
      return "1 to " + max + " characters, not blank, no control characters";
    }

    /** Control characters, and surrogates without a partner, which no encoding can hold. */
    private static boolean unacceptable(int codePoint) {
      return Character.isISOControl(codePoint)
          || Character.getType(codePoint) == Character.SURROGATE;
    }
  }
}
