package io.voicerouting.routing.web;

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

  /** Whether a parameter of a controller is a call that the query describes. */
  static boolean isQuery(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return (type == DecisionBody.class || type == NumberDecisionBody.class)
        && !parameter.hasParameterAnnotation(RequestBody.class);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return isQuery(parameter);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    CallQuery call =
        CallQuery.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    return parameter.getParameterType() == DecisionBody.class
        ? call.toBody(DecisionBody::new)
        : call.toBody(NumberDecisionBody::new);
  }
}
