package io.voicerouting.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Says in words what a Java type accepts. */
public final class Expectations {

  private static final Map<Class<?>, String> WORDS =
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

  private Expectations() {}

  /** What a member or parameter of the type must be, such as {@code one of red, dark_blue}. */
  public static String of(Class<?> type) {
    String words = WORDS.get(type);
    if (words != null) {
      return words;
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Expectations::code)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (isMadeOfText(type)) {
      return "a string";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
  }

  private static boolean isMadeOfText(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(JsonCreator.class))
        .anyMatch(
            method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}));
  }

  /** The JSON string of an enum constant. */
  static String code(Object constant) {
    return JsonMapper.shared().convertValue(constant, String.class);
  }
}
