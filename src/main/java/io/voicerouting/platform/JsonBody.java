package io.voicerouting.platform;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that platforms send. Members that are not read may have any form. */
final class JsonBody {

  private JsonBody() {}

  /** Parses the body; null if it is no JSON object. */
  static @Nullable JsonNode parse(JsonMapper mapper, PlatformRequest request) {
    try {
      JsonNode body = mapper.readTree(request.body());
      return body.isObject() ? body : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Returns a text or a number as text; null if there is none. */
  static @Nullable String text(JsonNode value) {
    return value.isString() || value.isNumber() ? value.asString() : null;
  }
}
