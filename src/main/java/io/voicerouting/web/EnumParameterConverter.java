package io.voicerouting.web;

import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Reads enum parameters by the codes that stand in JSON, and names these when it cannot. */
@SuppressWarnings("rawtypes") // Spring asks for the factory by the raw type
final class EnumParameterConverter implements ConverterFactory<String, Enum> {

  @Override
  public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
    return text -> {
      for (T constant : type.getEnumConstants()) {
        if (Expectations.code(constant).equals(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(FieldError.describe(text, Expectations.of(type)));
    };
  }
}
