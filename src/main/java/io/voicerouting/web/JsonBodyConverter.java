package io.voicerouting.web;

import io.voicerouting.common.CheckedBody;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads request bodies strictly, and validates them while it is at it: unknown members (unless the
 * body's type ignores them), wrong types and violated constraints are all told at once. Answers are
 * written as everywhere, in no charset but JSON's own.
 */
final class JsonBodyConverter extends JacksonJsonHttpMessageConverter {

  private final JsonMapper strict;
  private final Validator validator;

  JsonBodyConverter(JsonMapper mapper, Validator validator) {
    super(mapper);
    this.validator = validator;
    this.strict =
        mapper
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // looked for below
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .defaultLeniency(false)
            .addModule(StrictScalar.module())
            .addModule(
                new SimpleModule("empty-strings").setDeserializerModifier(new EmptyStrings()))
            .addHandler(new BodyProblems())
            .build();
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage input, @Nullable Map<String, Object> hints)
      throws IOException {
    List<FieldError> errors = new ArrayList<>();
    Object body = null;
    ObjectReader reader =
        strict
            .readerFor(getJavaType(type.getType(), null))
            .withAttribute(BodyProblems.ATTRIBUTE, errors);
    try (JsonParser parser = reader.createParser(input.getBody())) {
      body = reader.readValue(parser);
      if (parser.nextToken() != null) {
        throw new HttpMessageNotReadableException("more than one JSON value", input);
      }
    } catch (BodyProblems.TooManyException e) {
      throw new InvalidFieldsException(errors);
    } catch (DatabindException e) {
      errors.add(asFieldError(e));
    } catch (JacksonException e) {
      throw new HttpMessageNotReadableException(e.getOriginalMessage(), e, input);
    }
    if (body != null) {
      addViolations(body, errors);
    }
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    if (body == null) {
      throw new HttpMessageNotReadableException("null (expected: an object)", input);
    }
    return body;
  }

  /** JSON is UTF-8: whatever charset goes with it in {@code Accept} has no meaning. */
  @Override
  public boolean canWrite(ResolvableType type, Class<?> valueType, @Nullable MediaType accepted) {
    return super.canWrite(type, valueType, plain(accepted));
  }

  @Override
  protected void addDefaultHeaders(HttpHeaders headers, Object body, @Nullable MediaType accepted)
      throws IOException {
    super.addDefaultHeaders(headers, body, plain(accepted));
  }

  private static @Nullable MediaType plain(@Nullable MediaType type) {
    return type == null || type.getCharset() == null
        ? type
        : new MediaType(type.getType(), type.getSubtype());
  }

  private void addViolations(Object body, List<FieldError> errors) {
    List<FieldError> unreadable = List.copyOf(errors);
    List<FieldError> found = new ArrayList<>();
    for (ConstraintViolation<Object> violation : validator.validate(body)) {
      found.add(asFieldError(violation));
    }
    found.sort(Comparator.comparing(FieldError::field));
    if (body instanceof CheckedBody checked) {
      found.addAll(checked.problems());
    }
    found.stream()
        .filter(error -> !FieldNames.touches(unreadable, error.field()))
        .limit(InvalidFieldsException.MAX_ERRORS)
        .forEach(errors::add);
  }

  private static FieldError asFieldError(DatabindException failure) {
    Class<?> type =
        failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    return new FieldError(
        FieldNames.of(failure),
        type == null ? "cannot be read" : "(expected: " + Expectations.of(type) + ")");
  }

  private static FieldError asFieldError(ConstraintViolation<?> violation) {
    String message = violation.getMessage();
    if (violation.getConstraintDescriptor().getAnnotation() instanceof NotNull) {
      message = "is required";
    } else if (message.startsWith("(expected:")) {
      String expected = message.substring("(expected:".length(), message.length() - 1).strip();
      message = FieldError.describe(violation.getInvalidValue(), expected);
    }
    return new FieldError(FieldNames.of(violation), message);
  }
}
