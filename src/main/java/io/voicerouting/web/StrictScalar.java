package io.voicerouting.web;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads a scalar from the JSON type that belongs to it and from no other: no {@code "true"} for a
 * boolean, no 5 for a string. Jackson's own switches for this stop at the first error.
 */
final class StrictScalar<T> extends StdScalarDeserializer<T> {

  private final Set<JsonToken> tokens;
  private final Function<JsonParser, T> read;

  private StrictScalar(Class<T> type, Set<JsonToken> tokens, Function<JsonParser, T> read) {
    super(type);
    this.tokens = tokens;
    this.read = read;
  }

  /** Strings, booleans and whole numbers, read strictly. */
  static JacksonModule module() {
    Set<JsonToken> integer = Set.of(JsonToken.VALUE_NUMBER_INT);
    return new SimpleModule("strict-scalars")
        .addDeserializer(
            String.class,
            new StrictScalar<>(String.class, Set.of(JsonToken.VALUE_STRING), JsonParser::getString))
        .addDeserializer(
            Boolean.class,
            new StrictScalar<>(
                Boolean.class,
                Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE),
                JsonParser::getBooleanValue))
        .addDeserializer(
            Integer.class, new StrictScalar<>(Integer.class, integer, JsonParser::getIntValue))
        .addDeserializer(
            Long.class, new StrictScalar<>(Long.class, integer, JsonParser::getLongValue));
  }

  @Override
  @SuppressWarnings("unchecked") // the problem handler gives null
  public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
    return tokens.contains(parser.currentToken())
        ? read.apply(parser)
        : (T) context.handleUnexpectedToken(getValueType(context), parser);
  }
}
