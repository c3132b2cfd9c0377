package io.voicerouting.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** Describes parameters that many operations share, by their types. */
final class ApiParameters {

  private ApiParameters() {}

  /**
   * Adds the parameters of pages and preconditions, and describes parameters without a description.
   */
  static void describe(Operation operation, HandlerMethod method) {
    for (MethodParameter parameter : method.getMethodParameters()) {
      Class<?> type = parameter.getParameterType();
      if (type == PageQuery.class) {
        operation.addParametersItem(page());
        operation.addParametersItem(size());
        operation.addParametersItem(sort());
      } else if (type == Precondition.class) {
        operation.addParametersItem(
            header(
                "If-Match",
                "ETag of the document to change; if missing, the last writer wins",
                ApiResponses.EXAMPLE_TAG));
        operation.addParametersItem(
            header(
                "If-None-Match",
                "* or an ETag; a stored document that it names is not changed",
                "*"));
      } else if (type == SearchText.class) {
        describe(operation, parameter, "Only items that contain this text, in any case", "Ada");
      } else if (type == PositiveId.class) {
        describe(operation, parameter, "Id of the item", 7);
      } else if (type.isEnum()) {
        String name = parameter.getParameterName();
        describe(operation, parameter, "Only items of this " + name, null);
      }
    }
  }

  private static void describe(
      Operation operation,
      MethodParameter parameter,
      String description,
      @Nullable Object example) {
    for (Parameter documented : operation.getParameters()) {
      if (documented.getName().equals(parameter.getParameterName())
          && documented.getDescription() == null) {
        documented.description(description).example(example);
      }
    }
  }

  private static Parameter page() {
    return parameter("query", "page", "Number of the page, from 0", integer(0, null, 0), 0);
  }

  private static Parameter size() {
    int byDefault = PageQuery.DEFAULT_SIZE;
    Schema<?> schema = integer(1, PageQuery.MAX_SIZE, byDefault);
    return parameter("query", "size", "Items on a page, at most", schema, byDefault);
  }

  private static Schema<?> integer(int minimum, @Nullable Integer maximum, int byDefault) {
    IntegerSchema schema = new IntegerSchema();
    schema.setMinimum(BigDecimal.valueOf(minimum));
    schema.setMaximum(maximum == null ? null : BigDecimal.valueOf(maximum));
    schema.setDefault(byDefault);
    return schema;
  }

  private static Parameter sort() {
    return parameter(
        "query",
        "sort",
        "Members to sort by, separated by commas; with a minus sign in reverse order. Equal items are"
            + " sorted by id, as is a list without this parameter.",
        new StringSchema().pattern("^-?[a-z_]+(,-?[a-z_]+){0,4}$"),
        "-updated_at");
  }

  private static Parameter parameter(
      String in, String name, String description, Schema<?> schema, Object example) {
    return new Parameter()
        .in(in)
        .name(name)
        .description(description)
        .schema(schema)
        .example(example);
  }

  private static Parameter header(String name, String description, String example) {
    return parameter("header", name, description, new StringSchema(), example);
  }
}
