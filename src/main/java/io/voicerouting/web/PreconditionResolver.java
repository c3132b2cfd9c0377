package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.PreconditionFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves parameters of type {@link Precondition} from {@code If-Match} and {@code If-None-Match},
 * in this order (RFC 9110, section 13.2.2). {@code If-Match} compares strongly: a weak tag matches
 * nothing. {@code If-None-Match} compares weakly; with {@code *} no stored document may be changed.
 */
final class PreconditionResolver implements HandlerMethodArgumentResolver {

  private static final String ANY = "*";

  private final EntityTags tags;

  PreconditionResolver(EntityTags tags) {
    this.tags = tags;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Precondition.class;
  }

  /**
   * Resolves the precondition of a request.
   *
   * @throws InvalidFieldsException if a header names no entity tag
   */
  @Override
  public Precondition resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    List<FieldError> errors = new ArrayList<>();
    List<ETag> match = read(request, HttpHeaders.IF_MATCH, errors);
    List<ETag> noneMatch = read(request, HttpHeaders.IF_NONE_MATCH, errors);
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    if ((match == null || contains(match, ETag::isWildcard)) && noneMatch == null) {
      return Precondition.NONE;
    }
    return document -> check(ETag.create(tags.compute(document)), match, noneMatch);
  }

  private static void check(
      ETag stored, @Nullable List<ETag> match, @Nullable List<ETag> noneMatch) {
    if (match != null && !contains(match, tag -> tag.isWildcard() || tag.compare(stored, true))) {
      throw new PreconditionFailedException(
          "The document has changed since the entity tag in If-Match was given.");
    }
    if (noneMatch != null
        && contains(noneMatch, tag -> tag.isWildcard() || tag.compare(stored, false))) {
      throw new PreconditionFailedException("The document exists, and If-None-Match names it.");
    }
  }

  private static boolean contains(List<ETag> tags, Predicate<ETag> condition) {
    return tags.stream().anyMatch(condition);
  }

  /** Reads a list of tags. Returns null without the header. */
  private static @Nullable List<ETag> read(
      NativeWebRequest request, String name, List<FieldError> errors) {
    String[] lines = request.getHeaderValues(name);
    if (lines == null) {
      return null;
    }
    String header = String.join(",", lines).strip();
    if (header.equals(ANY)) {
      return ETag.parse(ANY);
    }
    List<ETag> named = ETag.parse(header).stream().filter(tag -> !tag.isWildcard()).toList();
    if (named.isEmpty()) {
      errors.add(
          FieldError.unexpected(name, header, "* or a list of entity tags in double quotes"));
    }
    return named;
  }
}
