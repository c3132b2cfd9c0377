package io.voicerouting.web;

import io.voicerouting.common.InvalidFieldsException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.annotation.RequestParamMethodArgumentResolver;

/**
 * Resolves enum parameters by their JSON codes. Spring's own resolver also accepts the Java names
 * of the constants, and takes an empty value for null.
 */
final class EnumParameterResolver extends RequestParamMethodArgumentResolver {

  EnumParameterResolver() {
    super(false);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().isEnum()
        && parameter.hasParameterAnnotation(RequestParam.class);
  }

  @Override
  protected @Nullable Object resolveName(
      String name, MethodParameter parameter, NativeWebRequest request) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      return null;
    }
    String code = String.join(",", values);
    Class<?> type = parameter.getParameterType();
    for (Object constant : type.getEnumConstants()) {
      if (TypeDescriptions.code(constant).equals(code)) {
        return constant;
      }
    }
    throw new InvalidFieldsException(name, code, TypeDescriptions.describe(type));
  }
}
