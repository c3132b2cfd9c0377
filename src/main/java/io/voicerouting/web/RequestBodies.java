package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts JSON documents to validated request bodies. */
final class RequestBodies {

  private final JsonBodyReader reader;
  private final BodyValidator validator;

  RequestBodies(JsonMapper mapper, Validator validator) {
    this.reader = new JsonBodyReader(mapper);
    this.validator = new BodyValidator(validator);
  }

  /**
   * Parses a document.
   *
   * @throws JacksonException if the bytes are not exactly one JSON document
   */
  JsonNode parse(byte[] json) {
    return reader.parse(json);
  }

  /** Converts a document that an answer shows. */
  JsonNode toTree(Object document) {
    return reader.toTree(document);
  }

  /**
   * Binds and validates a document.
   *
   * @return null if the document is null
   * @throws InvalidFieldsException with everything that is invalid
   */
  @Nullable Object read(JsonNode document, Type type) {
    List<FieldError> errors = new ArrayList<>();
    Object body = reader.bind(document, type, errors);
    if (body != null) {
      errors.addAll(validator.validate(body, List.copyOf(errors)));
    }
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return body;
  }
}
