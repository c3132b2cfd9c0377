package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds JSON documents to request bodies strictly, and reports every member that does not fit.
 * Jackson stops at the first: that member is reported and taken out of the document, and the rest
 * is bound again.
 */
final class JsonBodyReader {

  /** Message for a member that the body does not have. */
  static final String UNKNOWN_MEMBER = "unknown member";

  /** Name of the body itself in field errors. */
  static final String BODY = "body";

  private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]");

  private final JsonMapper mapper;

  JsonBodyReader(JsonMapper mapper) {
    this.mapper =
        mapper
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfigDefaults(
                coercions -> {
                  for (CoercionInputShape shape : CoercionInputShape.values()) {
                    coercions.setCoercion(shape, CoercionAction.Fail);
                  }
                })
            .addModule(
                new SimpleModule("dates").addDeserializer(LocalDate.class, new DateDeserializer()))
            .build();
  }

  /**
   * Parses a document.
   *
   * @throws JacksonException if the bytes are not exactly one JSON document
   */
  JsonNode parse(byte[] json) {
    return mapper.readTree(json);
  }

  /** Converts a document that an answer shows. */
  JsonNode toTree(Object document) {
    return mapper.valueToTree(document);
  }

  /**
   * Binds a document. Members that do not fit are removed from it.
   *
   * @param errors receives an error for each member that does not fit
   * @return the body without those members; null if the document is null or none of it can be bound
   */
  @Nullable Object bind(JsonNode document, Type type, List<FieldError> errors) {
    JavaType target = mapper.constructType(type);
    removeRefusedNulls(document, target.getRawClass(), errors);
    ObjectReader reader = mapper.readerFor(target);
    boolean bindable = true;
    while (bindable && errors.size() <= InvalidFieldsException.MAX_ERRORS) {
      try {
        return reader.readValue(document);
      } catch (DatabindException | InputCoercionException e) {
        List<JacksonException.Reference> path = e.getPath();
        errors.add(describe(e, format(path), find(document, path)));
        bindable = remove(document, path);
      }
    }
    return null;
  }

  /** Jackson's {@code Nulls.FAIL} would also refuse a missing member. */
  private static void removeRefusedNulls(
      JsonNode document, Class<?> type, List<FieldError> errors) {
    if (!type.isRecord() || !(document instanceof ObjectNode object)) {
      return;
    }
    for (RecordComponent member : type.getRecordComponents()) {
      String name = UPPER_CASE.matcher(member.getName()).replaceAll("_$0").toLowerCase(Locale.ROOT);
      if (member.isAnnotationPresent(RefusesNull.class) && object.path(name).isNull()) {
        errors.add(new FieldError(name, "must not be null"));
        object.remove(name);
      }
    }
  }

  private static FieldError describe(JacksonException failure, String field, JsonNode value) {
    if (failure instanceof UnrecognizedPropertyException) {
      return new FieldError(field, UNKNOWN_MEMBER);
    }
    if (value.isMissingNode() || value.isNull()) { // a primitive
      return new FieldError(field, "is required");
    }
    // The exception of a value's factory method names the expectation.
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    if (root instanceof IllegalArgumentException && root.getMessage() != null) {
      return new FieldError(field, root.getMessage());
    }
    Class<?> type =
        switch (failure) {
          case MismatchedInputException mismatch -> mismatch.getTargetType();
          case InputCoercionException outOfRange -> outOfRange.getTargetType();
          default -> null;
        };
    return type == null
        ? new FieldError(field, "cannot be read")
        : FieldError.unexpected(field, abbreviate(value), TypeDescriptions.describe(type));
  }

  private static String abbreviate(JsonNode value) {
    if (value.isObject()) {
      return "{...}";
    }
    return value.isArray() ? "[...]" : value.asString();
  }

  /** Formats a path as {@code schedule.monday.time_ranges[0].end_time}. */
  private static String format(List<JacksonException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JacksonException.Reference step : path) {
      if (step.getPropertyName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return text.isEmpty() ? BODY : text.toString();
  }

  private static JsonNode find(JsonNode document, List<JacksonException.Reference> path) {
    JsonNode node = document;
    for (JacksonException.Reference step : path) {
      String name = step.getPropertyName();
      node = name == null ? node.path(step.getIndex()) : node.path(name);
    }
    return node;
  }

  /** Removes a member, or makes an element null. Returns false if that changes nothing. */
  private static boolean remove(JsonNode document, List<JacksonException.Reference> path) {
    if (path.isEmpty()) {
      return false;
    }
    JacksonException.Reference last = path.getLast();
    return switch (find(document, path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.remove(last.getPropertyName()) != null;
      case ArrayNode array -> {
        boolean present = !array.path(last.getIndex()).isNull();
        array.setNull(last.getIndex());
        yield present;
      }
      default -> false;
    };
  }

  /** Reads a date from a string. Jackson's own deserializer also accepts an array of numbers. */
  private static final class DateDeserializer extends StdScalarDeserializer<LocalDate> {

    DateDeserializer() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (LocalDate) context.handleUnexpectedToken(getValueType(context), parser);
      }
      try {
        return LocalDate.parse(parser.getString());
      } catch (DateTimeException e) {
        return (LocalDate)
            context.handleWeirdStringValue(LocalDate.class, parser.getString(), e.getMessage());
      }
    }
  }
}
