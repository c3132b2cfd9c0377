package io.voicerouting.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;

/**
 * Notes what is wrong with a body and lets Jackson read on with null in its place, so that all of
 * it can be told at once. The list to note it in is an attribute of the reader.
 */
final class BodyProblems extends DeserializationProblemHandler {

  /** Attribute under which a reader carries the list. */
  static final Object ATTRIBUTE = BodyProblems.class;

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      ValueDeserializer<?> deserializer,
      Object bean,
      String name) {
    String field = parser.equals(context.getParser()) ? here(parser) : member(context, name);
    note(context, new FieldError(field, "unknown member"));
    parser.skipChildren();
    return true;
  }

  @Override
  public @Nullable Object handleWeirdStringValue(
      DeserializationContext context, Class<?> type, String value, String message) {
    return note(context, type, value);
  }

  @Override
  public @Nullable Object handleWeirdNumberValue(
      DeserializationContext context, Class<?> type, Number value, String message) {
    return note(context, type, value);
  }

  @Override
  public @Nullable Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType type,
      JsonToken token,
      JsonParser parser,
      String message) {
    String field = here(parser);
    Object found =
        switch (token) {
          case START_OBJECT -> "{...}";
          case START_ARRAY -> "[...]";
          default -> parser.getString();
        };
    note(context, FieldError.unexpected(field, found, Expectations.of(type.getRawClass())));
    parser.skipChildren();
    return null;
  }

  /** A scalar of the wrong type where a class is made of another, such as 9 for a time of day. */
  @Override
  public @Nullable Object handleMissingInstantiator(
      DeserializationContext context,
      Class<?> type,
      ValueInstantiator instantiator,
      JsonParser parser,
      String message) {
    note(context, type, parser.getString());
    parser.skipChildren();
    return null;
  }

  @Override
  public @Nullable Object handleNullForPrimitives(
      DeserializationContext context,
      Class<?> type,
      JsonParser parser,
      ValueDeserializer<?> deserializer,
      String message) {
    note(context, FieldError.unexpected(here(parser), "null", Expectations.of(type)));
    return deserializer.getAbsentValue(context);
  }

  @Override
  public @Nullable Object handleInstantiationProblem(
      DeserializationContext context, Class<?> type, Object argument, Throwable failure) {
    String field = here(context.getParser());
    if (!FieldNames.touches(problems(context), field)) {
      String message = failure instanceof IllegalArgumentException ? failure.getMessage() : null;
      note(
          context,
          new FieldError(
              field, message == null ? "(expected: " + Expectations.of(type) + ")" : message));
    }
    return null;
  }

  private static @Nullable Object note(
      DeserializationContext context, Class<?> type, Object found) {
    note(context, FieldError.unexpected(here(context.getParser()), found, Expectations.of(type)));
    return null;
  }

  private static void note(DeserializationContext context, FieldError error) {
    problems(context).add(error);
  }

  @SuppressWarnings("unchecked") // the converter puts a list there and nothing else
  private static List<FieldError> problems(DeserializationContext context) {
    return (List<FieldError>) context.getAttribute(ATTRIBUTE);
  }

  /** Path of the value that the parser stands at, whose first token may have opened a context. */
  private static String here(JsonParser parser) {
    TokenStreamContext context = parser.streamReadContext();
    JsonToken token = parser.currentToken();
    boolean opened = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    TokenStreamContext parent = context.getParent();
    return FieldNames.of(opened && parent != null ? parent : context);
  }

  /**
   * Path of a member that Jackson kept in a buffer, whose own paths are wrong for objects, until it
   * had read what it knows of a record; the real parser stands behind that.
   */
  private static String member(DeserializationContext context, String name) {
    TokenStreamContext behind = context.getParser().streamReadContext();
    TokenStreamContext parent = behind.getParent();
    boolean inside = context.getParser().currentToken() == JsonToken.PROPERTY_NAME;
    String record = FieldNames.of(inside && parent != null ? parent : behind);
    return record.equals(FieldNames.BODY) ? name : record + "." + name;
  }
}
