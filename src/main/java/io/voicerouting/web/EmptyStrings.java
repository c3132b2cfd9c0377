package io.voicerouting.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

/**
 * Has an empty or blank string in place of a word, an object or a list noted like any other wrong
 * value. Jackson asks nobody about those: it takes them for null, or gives up.
 */
final class EmptyStrings extends ValueDeserializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public ValueDeserializer<?> modifyEnumDeserializer(
      DeserializationConfig config,
      JavaType type,
      BeanDescription.Supplier bean,
      ValueDeserializer<?> deserializer) {
    return new Noting(deserializer);
  }

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config,
      BeanDescription.Supplier bean,
      ValueDeserializer<?> deserializer) {
    // Strings and what is made of one have more to say about it.
    return deserializer instanceof BeanDeserializerBase object
            && !object.getValueInstantiator().canCreateFromString()
        ? new Noting(deserializer)
        : deserializer;
  }

  @Override
  public ValueDeserializer<?> modifyCollectionDeserializer(
      DeserializationConfig config,
      CollectionType type,
      BeanDescription.Supplier bean,
      ValueDeserializer<?> deserializer) {
    return new Noting(deserializer);
  }

  @Override
  public ValueDeserializer<?> modifyMapDeserializer(
      DeserializationConfig config,
      MapType type,
      BeanDescription.Supplier bean,
      ValueDeserializer<?> deserializer) {
    return new Noting(deserializer);
  }

  private static final class Noting extends DelegatingDeserializer {

    Noting(ValueDeserializer<?> delegate) {
      super(delegate);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
      return new Noting(delegate);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
      return parser.hasToken(JsonToken.VALUE_STRING) && parser.getString().isBlank()
          ? context.handleUnexpectedToken(handledType(), parser)
          : super.deserialize(parser, context);
    }
  }
}
