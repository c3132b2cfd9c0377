package io.voicerouting.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
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
        operation.addParametersItem(ifMatch());
        operation.addParametersItem(ifNoneMatch());
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
    IntegerSchema schema = new IntegerSchema();
    schema.setMinimum(BigDecimal.ZERO);
    schema.setDefault(0);
    return new Parameter()
        .in("query")
        .name("page")
        .description("Number of the page, from 0")
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
        .description("Items on a page, at most")
        .schema(schema)
        .example(PageQuery.DEFAULT_SIZE);
  }

  private static Parameter sort() {
    return new Parameter()
        .in("query")
        .name("sort")
        .description(
            "Members to sort by, separated by commas; with a minus sign in reverse order. Equal"
                + " items are sorted by id, as is a list without this parameter.")
        .schema(new StringSchema().pattern("^-?[a-z_]+(,-?[a-z_]+){0,4}$"))
        .example("-updated_at");
  }

  private static Parameter ifNoneMatch() {
    return new Parameter()
        .in("header")
        .name("If-None-Match")
        .description("* or an ETag; a stored document that it names is not changed")
        .schema(new StringSchema())
        .example("*");
  }

  private static Parameter ifMatch() {
    return new Parameter()
        .in("header")
        .name("If-Match")
        .description("ETag of the document to change; if missing, the last writer wins")
        .schema(new StringSchema())
        .example(ApiResponses.EXAMPLE_TAG);
  }
}
