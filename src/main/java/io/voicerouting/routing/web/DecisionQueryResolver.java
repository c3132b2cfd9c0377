package io.voicerouting.routing.web;

import io.voicerouting.common.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves the call that a query describes, within an organization or to a phone number. */
final class DecisionQueryResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return (type == DecisionBody.class || type == NumberDecisionBody.class)
        && !parameter.hasParameterAnnotation(RequestBody.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest query =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    return parameter.getParameterType() == DecisionBody.class ? read(query) : readNumberCall(query);
  }

  /**
   * Reads a call to a phone number from a query.
   *
   * @throws InvalidFieldsException with all invalid parameters
   */
  static NumberDecisionBody readNumberCall(HttpServletRequest request) {
    CallQuery call = CallQuery.parse(request.getQueryString());
    return NumberDecisionBody.ofQuery(call.to(), call.from(), call.direction(), call.at());
  }

  /**
   * Reads the call from a query.
   *
   * @throws InvalidFieldsException with all invalid parameters
   */
  static DecisionBody read(HttpServletRequest request) {
    CallQuery call = CallQuery.parse(request.getQueryString());
    return DecisionBody.ofQuery(call.to(), call.from(), call.direction(), call.at());
  }
}
