package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves every argument of a controller's method before it reports the invalid ones, so that one
 * answer lists all errors of path, query, headers and body. Spring stops at the first.
 */
final class ErrorCollectingArgumentResolver implements HandlerMethodArgumentResolver {

  private static final String ERRORS = ErrorCollectingArgumentResolver.class.getName();

  private final HandlerMethodArgumentResolverComposite resolvers =
      new HandlerMethodArgumentResolverComposite();

  ErrorCollectingArgumentResolver(List<HandlerMethodArgumentResolver> resolvers) {
    this.resolvers.addResolvers(resolvers);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return resolvers.supportsParameter(parameter);
  }

  /**
   * Resolves one argument. An invalid one is null; the controller's method is not called then.
   *
   * @throws InvalidFieldsException at the last parameter, if any was invalid
   */
  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    List<FieldError> errors = errorsSoFar(parameter, request);
    Object argument = null;
    try {
      argument = resolvers.resolveArgument(parameter, container, request, binders);
    } catch (InvalidFieldsException e) {
      errors.addAll(e.errors());
    } catch (MissingServletRequestParameterException e) {
      errors.add(new FieldError(e.getParameterName(), "is required"));
    } catch (MethodArgumentTypeMismatchException e) {
      Class<?> type = Objects.requireNonNullElse(e.getRequiredType(), String.class);
      errors.add(
          new FieldError(e.getName(), TypeDescriptions.describeMismatch(e.getValue(), type, e)));
    }
    boolean last =
        parameter.getParameterIndex() == parameter.getExecutable().getParameterCount() - 1;
    if (last && !errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return argument;
  }

  @SuppressWarnings("unchecked") // the attribute is set here only
  private static List<FieldError> errorsSoFar(MethodParameter parameter, NativeWebRequest request) {
    if (parameter.getParameterIndex() > 0
        && request.getAttribute(ERRORS, RequestAttributes.SCOPE_REQUEST) instanceof List<?> found) {
      return (List<FieldError>) found;
    }
    List<FieldError> none = new ArrayList<>();
    request.setAttribute(ERRORS, none, RequestAttributes.SCOPE_REQUEST);
    return none;
  }
}
