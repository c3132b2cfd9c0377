package io.voicerouting.web;

import io.voicerouting.common.InvalidFieldsException;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.server.ContentTooLargeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads request bodies of at most 1 MiB and validates them. Unknown members, wrong types and
 * violated rules are all reported in one answer. Answers are always written as UTF-8.
 */
final class RequestBodyConverter extends JacksonJsonHttpMessageConverter {

  /** Longest body, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private final RequestBodies bodies;

  RequestBodyConverter(JsonMapper mapper, Validator validator) {
    super(mapper);
    this.bodies = new RequestBodies(mapper, validator);
  }

  /**
   * Reads a body. A {@link MergePatch} is parsed here and validated when it is applied.
   *
   * @throws ContentTooLargeException if it is longer than {@link #MAX_BYTES}
   * @throws HttpMessageNotReadableException if it is not one JSON document, or is null
   * @throws InvalidFieldsException with everything that is invalid
   */
  @Override
  public Object read(
      ResolvableType type, HttpInputMessage input, @Nullable Map<String, Object> hints)
      throws IOException {
    byte[] json = input.getBody().readNBytes(MAX_BYTES + 1);
    if (json.length > MAX_BYTES) {
      throw new ContentTooLargeException(null);
    }
    JsonNode document;
    try {
      document = bodies.parse(json);
    } catch (JacksonException e) {
      throw new HttpMessageNotReadableException(e.getOriginalMessage(), e, input);
    }
    if (type.toClass() == MergePatch.class) {
      return new MergePatch<>(document, type.getGeneric(0).getType(), bodies);
    }
    Object body = bodies.read(document, type.getType());
    if (body == null) {
      throw new HttpMessageNotReadableException("null (expected: an object)", input);
    }
    return body;
  }

  /** JSON is always UTF-8, so a charset in {@code Accept} is ignored. */
  @Override
  public boolean canWrite(ResolvableType type, Class<?> valueType, @Nullable MediaType accepted) {
    return super.canWrite(type, valueType, withoutCharset(accepted));
  }

  @Override
  protected void addDefaultHeaders(HttpHeaders headers, Object body, @Nullable MediaType accepted)
      throws IOException {
    super.addDefaultHeaders(headers, body, withoutCharset(accepted));
  }

  private static @Nullable MediaType withoutCharset(@Nullable MediaType type) {
    return type == null || type.getCharset() == null
        ? type
        : new MediaType(type.getType(), type.getSubtype());
  }
}
