package io.voicerouting.phonenumber;

import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads numbers in request bodies. */
@JacksonComponent
class WrittenNumberDeserializer extends StdScalarDeserializer<WrittenNumber> {

  private final NumberParser parser;

  WrittenNumberDeserializer(NumberParser parser) {
    super(WrittenNumber.class);
    this.parser = parser;
  }

  @Override
  public WrittenNumber deserialize(JsonParser json, DeserializationContext context) {
    return json.hasToken(JsonToken.VALUE_STRING)
        ? parser.parse(json.getString())
        : parser.parse((String) context.handleUnexpectedToken(String.class, json));
  }
}
