package io.voicerouting.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.voicerouting.common.PageQuery;
import java.math.BigDecimal;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** What the API document says of parameters that many operations have. */
final class ApiParameters {

  /** A sentence and an example. */
  private record Words(String description, Object example) {}

  private static final Map<String, Words> BY_NAME =
      Map.of(
          "org", new Words("Id of the organization", 42),
          "id", new Words("Id of the item", 7),
          "number", new Words("Extension number", "1001"),
          "status", new Words("Only those of this status", "active"),
          "type", new Words("Only those of this type", "user"),
          "q", new Words("Only those that contain this text, whatever the case", "Lovelace"));

  private ApiParameters() {}

  static Operation describe(Operation operation, HandlerMethod method) {
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (parameter.getParameterType() == PageQuery.class) {
        operation.addParametersItem(page());
        operation.addParametersItem(size());
      } else if (parameter.getParameterType() == IfMatch.class) {
        operation.addParametersItem(ifMatch());
      }
    }
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(ApiParameters::describe);
    }
    return operation;
  }

  private static void describe(Parameter parameter) {
    Words words = BY_NAME.get(parameter.getName());
    if (words != null && parameter.getDescription() == null) {
      parameter.description(words.description()).example(words.example());
    }
  }

  private static Parameter page() {
    IntegerSchema schema = new IntegerSchema();
    schema.setMinimum(BigDecimal.ZERO);
    schema.setDefault(0);
    return new Parameter()
        .in("query")
        .name("page")
        .description("Which page, from 0")
        .schema(schema)
        .example(0);
  }

  private static Parameter size() {
    IntegerSchema schema = new IntegerSchema();
    schema.setMinimum(BigDecimal.ONE);
    schema.setMaximum(BigDecimal.valueOf(PageQuery.MAX_SIZE));
    schema.setDefault(PageQuery.DEFAULT_SIZE);
    return new Parameter()
        .in("query")
        .name("size")
        .description("Most items on a page")
        .schema(schema)
        .example(PageQuery.DEFAULT_SIZE);
  }

  private static Parameter ifMatch() {
    return new Parameter()
        .in("header")
        .name("If-Match")
        .description("ETag of the document that is to be changed; without it, the last writer wins")
        .schema(new StringSchema())
        .example(ApiResponses.EXAMPLE_TAG);
  }
}
