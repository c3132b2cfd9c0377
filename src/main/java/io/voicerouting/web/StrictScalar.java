package io.voicerouting.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads a scalar from the JSON type that belongs to it and from no other: no {@code "true"} for a
 * boolean, no 5 for a string, no array for a date. Jackson's own switches for this stop at the
 * first error.
 */
final class StrictScalar<T> extends StdScalarDeserializer<T> {

  private static final Set<JsonToken> STRING = Set.of(JsonToken.VALUE_STRING);
  private static final Set<JsonToken> BOOLEAN = Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);
  private static final Set<JsonToken> INTEGER = Set.of(JsonToken.VALUE_NUMBER_INT);

  private final Set<JsonToken> tokens;
  private final Function<JsonParser, T> read;
  private final @Nullable T inPlaceOfNull;

  private StrictScalar(
      Class<T> type,
      Set<JsonToken> tokens,
      Function<JsonParser, T> read,
      @Nullable T inPlaceOfNull) {
    super(type);
    this.tokens = tokens;
    this.read = read;
    this.inPlaceOfNull = inPlaceOfNull;
  }

  /** Strings, booleans, whole numbers and dates, read strictly. */
  static JacksonModule module() {
    SimpleModule module = new SimpleModule("strict-scalars");
    add(module, String.class, STRING, JsonParser::getString, null);
    add(module, Boolean.class, BOOLEAN, JsonParser::getBooleanValue, null);
    add(module, boolean.class, BOOLEAN, JsonParser::getBooleanValue, false);
    add(module, Integer.class, INTEGER, JsonParser::getIntValue, null);
    add(module, int.class, INTEGER, JsonParser::getIntValue, 0);
    add(module, Long.class, INTEGER, JsonParser::getLongValue, null);
    add(module, long.class, INTEGER, JsonParser::getLongValue, 0L);
    add(module, LocalDate.class, STRING, parser -> LocalDate.parse(parser.getString()), null);
    return module;
  }

  private static <T> void add(
      SimpleModule module,
      Class<T> type,
      Set<JsonToken> tokens,
      Function<JsonParser, T> read,
      @Nullable T inPlaceOfNull) {
    module.addDeserializer(type, new StrictScalar<>(type, tokens, read, inPlaceOfNull));
  }

  @Override
  @SuppressWarnings("unchecked") // the problem handler gives null
  public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
    if (!tokens.contains(parser.currentToken())) {
      T noted = (T) context.handleUnexpectedToken(getValueType(context), parser);
      return noted == null ? inPlaceOfNull : noted;
    }
    try {
      return read.apply(parser);
    } catch (InputCoercionException outOfRange) {
      context.handleWeirdNumberValue(handledType(), parser.getNumberValue(), "out of range");
      return inPlaceOfNull;
    } catch (DateTimeException noDate) {
      context.handleWeirdStringValue(handledType(), parser.getString(), "no date");
      return inPlaceOfNull;
    }
  }

  /** Null, or nothing at all, where a primitive is needed. */
  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    if (inPlaceOfNull != null) {
      BodyProblems.noteRequired(context);
    }
    return inPlaceOfNull;
  }
}
