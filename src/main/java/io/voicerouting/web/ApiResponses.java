package io.voicerouting.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.voicerouting.common.PageView;
import io.voicerouting.web.ApiProblems.ApiProblem;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** Describes the responses of an operation: what it returns, and every problem. */
final class ApiResponses {

  static final String PROBLEM = "Problem";

  static final String EXAMPLE_TAG = "\"x0FTI3edbjpTlhppbPGw5Q\"";

  private ApiResponses() {}

  static void describe(Operation operation, HandlerMethod method) {
    String path = examplePath(operation, method);
    operation
        .getResponses()
        .forEach((status, response) -> describeSuccess(status, response, method, path));
    if (returnsDocument(method) && method.hasMethodAnnotation(GetMapping.class)) {
      operation
          .getResponses()
          .addApiResponse(
              "304", new ApiResponse().description("If-None-Match names the stored document"));
    }
    for (ApiProblem problem : ApiProblems.find(method)) {
      ApiResponse response =
          operation
              .getResponses()
              .computeIfAbsent(Integer.toString(problem.status()), status -> new ApiResponse());
      addProblem(problem, response, path);
    }
  }

  private static void describeSuccess(
      String status, ApiResponse response, HandlerMethod method, String path) {
    if (status.equals("204")) {
      response.description("Done");
    } else if (method.getMethod().getReturnType() == PageView.class) {
      response.description("The page");
    } else if (returnsDocument(method) && status.startsWith("2")) {
      response.description("The stored document");
      header(response, "ETag", "Changes whenever the document does; for If-Match", EXAMPLE_TAG);
      if (status.equals("201")) {
        header(response, "Location", "URI of the document", path + "/7");
      }
    }
  }

  /** Whether the method returns one document with an entity tag. */
  private static boolean returnsDocument(HandlerMethod method) {
    return method.getMethod().getReturnType() == ResponseEntity.class;
  }

  /** The path of an operation, its variables replaced by their examples. */
  private static String examplePath(Operation operation, HandlerMethod method) {
    String path = mappedPath(method.getBeanType()) + mappedPath(method.getMethod());
    if (operation.getParameters() != null) {
      for (Parameter parameter : operation.getParameters()) {
        path =
            path.replace("{" + parameter.getName() + "}", String.valueOf(parameter.getExample()));
      }
    }
    return path;
  }

  private static String mappedPath(AnnotatedElement element) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
    return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
  }

  private static void addProblem(ApiProblem problem, ApiResponse response, String path) {
    String before = response.getDescription();
    response.description(
        before == null ? problem.description() : before + " Or: " + problem.description());
    if (response.getContent() == null) {
      MediaType type = new MediaType().schema(new Schema<>().$ref(PROBLEM));
      response.content(new Content().addMediaType("application/problem+json", type));
      if (problem.status() == 503) {
        header(response, "Retry-After", "Whole seconds", "1");
      }
    }
    Example example = new Example().value(exampleDocument(problem, path));
    response.getContent().values().forEach(type -> type.addExamples(problem.type(), example));
  }

  private static Map<String, Object> exampleDocument(ApiProblem problem, String path) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "/problems/" + problem.type());
    document.put("title", Problems.title(problem.type()));
    document.put("status", problem.status());
    document.put("detail", problem.description());
    document.put("instance", path);
    if (problem.type().equals(Problems.VALIDATION_FAILED)) {
      document.put(
          Problems.ERRORS,
          List.of(Map.of("field", "id", "message", "'0' (expected: a positive 64-bit integer)")));
    }
    return document;
  }

  private static void header(ApiResponse to, String name, String description, String example) {
    to.addHeaderObject(
        name, new Header().description(description).schema(new StringSchema()).example(example));
  }

  static Schema<?> problemSchema() {
    Schema<?> error =
        new ObjectSchema()
            .addProperty("field", text("Member or parameter", "name"))
            .addProperty("message", text("What was found and expected", "is required"));
    return new ObjectSchema()
        .description("RFC 9457 problem document")
        .addProperty("type", text("Stable name of the problem", "/problems/validation-failed"))
        .addProperty("title", text("The name in words", "Validation failed"))
        .addProperty("status", new IntegerSchema().description("The HTTP status").example(400))
        .addProperty("detail", text("One sentence for people", "name: is required"))
        .addProperty("instance", text("Path of the request", "/api/v1/items/7"))
        .addProperty(
            Problems.ERRORS,
            new ArraySchema().items(error).description("Field errors, for validation-failed"));
  }

  private static Schema<?> text(String description, String example) {
    return new StringSchema().description(description).example(example);
  }
}
