package io.voicerouting.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.voicerouting.common.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

/** Describes to callers what a parameter or member of a Java type accepts. */
public final class TypeDescriptions {

  private static final Map<Class<?>, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry(String.class, "a string"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(int.class, "a whole number"),
          Map.entry(Integer.class, "a whole number"),
          Map.entry(long.class, "a whole number"),
          Map.entry(Long.class, "a whole number"),
          Map.entry(LocalDate.class, "a date yyyy-MM-dd"),
          Map.entry(Instant.class, "RFC 3339 instant"));

  private TypeDescriptions() {}

  /** What a value of the type must be, such as {@code one of red, dark_blue}. */
  public static String describe(Class<?> type) {
    String description = DESCRIPTIONS.get(type);
    if (description != null) {
      return description;
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(TypeDescriptions::code)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (isCreatedFromString(type)) {
      return "a string";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
  }

  /**
   * The message of a parameter that could not be converted to its type.
   *
   * @param failure what the conversion threw; its own message is used if it names an expectation
   */
  public static String describeMismatch(@Nullable Object value, Class<?> type, Throwable failure) {
    String message = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
    return message != null && message.contains("(expected: ")
        ? message
        : FieldError.describe(String.valueOf(value), describe(type));
  }

  /** The JSON string of an enum constant. */
  static String code(Object constant) {
    return JsonMapper.shared().convertValue(constant, String.class);
  }

  private static boolean isCreatedFromString(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(JsonCreator.class))
        .anyMatch(
            method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}));
  }
}
