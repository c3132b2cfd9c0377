package io.voicerouting.web;

import io.voicerouting.common.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/** The problems that an operation can answer with, for the API document. */
final class ApiProblems {

  /** One problem: its status, its stable name, and a sentence for readers. */
  record ApiProblem(int status, String type, String description) {}

  private static final ApiProblem CONCURRENT_CHANGE =
      new ApiProblem(
          409,
          "concurrent-change",
          "Another request changed the document, or deleted its parent, at the same time.");

  private ApiProblems() {}

  /** Lists the problems of a controller's method: by its signature, and by its annotations. */
  static List<ApiProblem> find(HandlerMethod method) {
    List<ApiProblem> problems = new ArrayList<>();
    problems.add(
        new ApiProblem(400, Problems.VALIDATION_FAILED, "Parameters or members are invalid."));
    if (has(method, parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
      problems.add(
          new ApiProblem(400, Problems.MALFORMED_BODY, "The body is not one JSON document."));
      problems.add(new ApiProblem(413, "content-too-large", "The body is longer than 1 MiB."));
      problems.add(
          new ApiProblem(
              415, "unsupported-media-type", "The body is not " + mediaType(method) + "."));
    }
    problems.add(new ApiProblem(401, "unauthorized", "There is no valid token."));
    problems.add(new ApiProblem(403, "forbidden", "The token's role has no access to this path."));
    problems.add(
        new ApiProblem(
            429, "too-many-failures", "Too many requests of this address had a wrong token."));
    annotations(method).forEach(problems::add);
    boolean changes = has(method, parameter -> parameter.getParameterType() == Precondition.class);
    if (changes) {
      problems.add(
          new ApiProblem(
              412,
              "precondition-failed",
              "If-Match does not name the stored document, or If-None-Match does."));
    }
    ResponseStatus status = method.getMethodAnnotation(ResponseStatus.class);
    if (changes || (status != null && status.value() == HttpStatus.CREATED)) {
      problems.add(CONCURRENT_CHANGE);
    }
    problems.add(
        new ApiProblem(503, "unavailable", "The service cannot answer now; see Retry-After."));
    return problems;
  }

  private static String mediaType(HandlerMethod method) {
    return has(method, parameter -> parameter.getParameterType() == MergePatch.class)
        ? MergePatch.MEDIA_TYPE
        : "application/json";
  }

  private static boolean has(HandlerMethod method, Predicate<MethodParameter> condition) {
    return Stream.of(method.getMethodParameters()).anyMatch(condition);
  }

  private static Stream<ApiProblem> annotations(HandlerMethod method) {
    return MergedAnnotations.from(method.getMethod(), SearchStrategy.TYPE_HIERARCHY).stream(
            ProblemResponse.class)
        .map(found -> found.synthesize())
        .map(found -> new ApiProblem(found.status(), found.type(), describe(found)));
  }

  private static String describe(ProblemResponse problem) {
    return problem.description().isEmpty()
        ? Problems.title(problem.type()) + "."
        : problem.description();
  }
}
