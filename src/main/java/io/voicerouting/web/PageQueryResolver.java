package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves parameters of type {@link PageQuery}. */
final class PageQueryResolver implements HandlerMethodArgumentResolver {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private static final Pattern SORT_KEY = Pattern.compile("-?[a-z_]{1,40}");
  private static final int MOST_KEYS = 5;

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == PageQuery.class;
  }

  @Override
  public PageQuery resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    List<FieldError> errors = new ArrayList<>();
    int size = read(request, "size", PageQuery.DEFAULT_SIZE, 1, PageQuery.MAX_SIZE, errors);
    // The offset of the first item must fit an int, because a query cannot skip more.
    int lastPage = Integer.MAX_VALUE / Math.max(1, size) - 1;
    int page = read(request, "page", 0, 0, lastPage, errors);
    List<String> sort = readSort(request, errors);
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return new PageQuery(page, size, sort);
  }

  /** Reads members to sort by. The service validates their names. */
  private static List<String> readSort(NativeWebRequest request, List<FieldError> errors) {
    String[] values = request.getParameterValues("sort");
    if (values == null) {
      return List.of();
    }
    String text = String.join(",", values);
    List<String> keys = List.of(text.split(",", -1));
    long members = keys.stream().map(key -> key.replaceFirst("^-", "")).distinct().count();
    if (members == keys.size()
        && keys.size() <= MOST_KEYS
        && keys.stream().allMatch(key -> SORT_KEY.matcher(key).matches())) {
      return keys;
    }
    errors.add(
        FieldError.unexpected(
            "sort", text, "1 to " + MOST_KEYS + " different members such as name,-updated_at"));
    return List.of();
  }

  private static int read(
      NativeWebRequest request,
      String name,
      int byDefault,
      int least,
      int most,
      List<FieldError> errors) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      return byDefault;
    }
    String text = String.join(",", values);
    if (DIGITS.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    errors.add(FieldError.unexpected(name, text, least + " to " + most));
    return byDefault;
  }
}
