package io.voicerouting.web;

import io.voicerouting.common.InvalidFieldsException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Reads enum parameters by the codes that stand in JSON. Spring's own resolver would, after any
 * converter has refused, still take the constants' Java names, and nothing at all for null.
 */
final class EnumParameterResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().isEnum()
        && parameter.hasParameterAnnotation(RequestParam.class);
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws MissingServletRequestParameterException {
    RequestParam annotation =
        Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class));
    Class<?> type = parameter.getParameterType();
    String name =
        StringUtils.hasText(annotation.name())
            ? annotation.name()
            : Objects.requireNonNull(parameter.getParameterName());
    String[] values = request.getParameterValues(name);
    if (values == null) {
      if (annotation.required()) {
        throw new MissingServletRequestParameterException(name, type.getSimpleName());
      }
      return null;
    }
    String text = String.join(",", values);
    for (Object constant : type.getEnumConstants()) {
      if (Expectations.code(constant).equals(text)) {
        return constant;
      }
    }
    throw new InvalidFieldsException(name, text, Expectations.of(type));
  }
}
