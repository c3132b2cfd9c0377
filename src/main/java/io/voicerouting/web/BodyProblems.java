package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;

/**
 * Notes what is wrong with a body and lets Jackson read on with null in its place, so that all of
 * it can be told at once. The list to note it in is an attribute of the reader. It gives up at more
 * than {@link InvalidFieldsException#MAX_ERRORS}.
 */
final class BodyProblems extends DeserializationProblemHandler {

  /** Attribute under which a reader carries the list. */
  static final Object ATTRIBUTE = BodyProblems.class;

  /** Ends the reading; everything to be told has been noted. */
  static final class TooManyException extends DatabindException {

    private static final long serialVersionUID = 1L;

    TooManyException(@Nullable JsonParser parser) {
      super(parser, "too many problems");
    }
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      ValueDeserializer<?> deserializer,
      Object bean,
      String name) {
    JsonParser main = context.getParser();
    // A record's unknown members are kept in a buffer until the record has been read; the buffer's
    // own parser does not know where in the body they stood.
    String field =
        main == null || main.equals(parser)
            ? here(parser)
            : FieldNames.member(FieldNames.of(main.streamReadContext()), name);
    note(context, new FieldError(field, FieldNames.UNKNOWN_MEMBER));
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

  /** A scalar where there should be an object. */
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
  public @Nullable Object handleInstantiationProblem(
      DeserializationContext context, Class<?> type, Object argument, Throwable failure) {
    String field = here(context.getParser());
    if (!FieldNames.touches(problems(context), field)) {
      // Jackson wraps what a value's own factory said.
      Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
      String message = root instanceof IllegalArgumentException ? root.getMessage() : null;
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

  /** Notes that the value which the parser stands at is missing. */
  static void noteRequired(DeserializationContext context) {
    note(context, new FieldError(here(context.getParser()), "is required"));
  }

  private static void note(DeserializationContext context, FieldError error) {
    List<FieldError> problems = problems(context);
    problems.add(error);
    if (problems.size() > InvalidFieldsException.MAX_ERRORS) {
      throw new TooManyException(context.getParser());
    }
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
}
