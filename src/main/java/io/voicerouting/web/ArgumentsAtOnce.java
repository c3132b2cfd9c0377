package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves every argument of a controller's method before it refuses any, so that the caller hears
 * of all that is wrong with path, query, headers and body at once. Spring stops at the first.
 */
final class ArgumentsAtOnce implements HandlerMethodArgumentResolver {

  private static final String ERRORS = ArgumentsAtOnce.class.getName();

  private final HandlerMethodArgumentResolverComposite resolvers =
      new HandlerMethodArgumentResolverComposite();

  ArgumentsAtOnce(List<HandlerMethodArgumentResolver> resolvers) {
    this.resolvers.addResolvers(resolvers);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return resolvers.supportsParameter(parameter);
  }

  /**
   * The argument; null, which the method does not get to see, when it was refused.
   *
   * @throws InvalidFieldsException at the last parameter, when any was refused
   */
  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    List<FieldError> errors = errorsBefore(parameter, request);
    Object argument = null;
    try {
      argument = resolvers.resolveArgument(parameter, container, request, binders);
    } catch (InvalidFieldsException e) {
      errors.addAll(e.errors());
    } catch (MissingServletRequestParameterException e) {
      errors.add(new FieldError(e.getParameterName(), "is required"));
    } catch (MethodArgumentTypeMismatchException e) {
      errors.add(asFieldError(e));
    }
    boolean last =
        parameter.getParameterIndex() == parameter.getExecutable().getParameterCount() - 1;
    if (last && !errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return argument;
  }

  @SuppressWarnings("unchecked") // nothing else is put there
  private static List<FieldError> errorsBefore(
      MethodParameter parameter, NativeWebRequest request) {
    if (parameter.getParameterIndex() > 0
        && request.getAttribute(ERRORS, RequestAttributes.SCOPE_REQUEST) instanceof List<?> found) {
      return (List<FieldError>) found;
    }
    List<FieldError> none = new ArrayList<>();
    request.setAttribute(ERRORS, none, RequestAttributes.SCOPE_REQUEST);
    return none;
  }

  private static FieldError asFieldError(MethodArgumentTypeMismatchException failure) {
    String found = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
    if (found != null && found.contains("(expected: ")) {
      return new FieldError(failure.getName(), found);
    }
    Class<?> type = failure.getRequiredType();
    return FieldError.unexpected(
        failure.getName(),
        String.valueOf(failure.getValue()),
        Expectations.of(type == null ? String.class : type));
  }
}
