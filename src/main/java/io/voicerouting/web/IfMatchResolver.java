package io.voicerouting.web;

import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.PreconditionFailedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves parameters of type {@link Precondition} from {@code If-Match} (RFC 9110, section
 * 13.1.1). Without the header, or with {@code *}, the precondition always holds. Comparison is
 * strong: a weak tag matches nothing.
 */
final class IfMatchResolver implements HandlerMethodArgumentResolver {

  private final EntityTags tags;

  IfMatchResolver(EntityTags tags) {
    this.tags = tags;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Precondition.class;
  }

  /**
   * Resolves the precondition of a request.
   *
   * @throws InvalidFieldsException if the header names no entity tag
   */
  @Override
  public Precondition resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    String[] lines = request.getHeaderValues(HttpHeaders.IF_MATCH);
    String header = lines == null ? "*" : String.join(",", lines).strip();
    if (header.equals("*")) {
      return Precondition.NONE;
    }
    List<ETag> accepted = ETag.parse(header).stream().filter(tag -> !tag.isWildcard()).toList();
    if (accepted.isEmpty()) {
      throw new InvalidFieldsException(
          HttpHeaders.IF_MATCH, header, "* or a list of entity tags in double quotes");
    }
    return document -> {
      ETag stored = ETag.create(tags.compute(document));
      if (accepted.stream().noneMatch(tag -> tag.compare(stored, true))) {
        throw new PreconditionFailedException(
            "The document has changed since the entity tag in If-Match was given.");
      }
    };
  }
}
