package io.voicerouting.routing.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.voicerouting.routing.CallDirection;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes the query of a call in the API document like the members of a body that is posted. */
@Component
final class CallParameterCustomizer implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (DecisionQueryResolver.isQuery(parameter)) {
        for (RecordComponent member : parameter.getParameterType().getRecordComponents()) {
          operation.addParametersItem(describe(member));
        }
      }
    }
    return operation;
  }

  private static Parameter describe(RecordComponent member) {
    Schema documented = Objects.requireNonNull(member.getAccessor().getAnnotation(Schema.class));
    StringSchema schema = new StringSchema();
    if (member.getType() == CallDirection.class) {
      for (CallDirection direction : CallDirection.values()) {
        schema.addEnumItem(direction.code());
      }
    }
    schema.setDefault(orNull(documented.defaultValue()));
    schema.setFormat(orNull(documented.format()));
    schema.setPattern(orNull(documented.pattern()));
    return new Parameter()
        .in("query")
        .name(member.getName())
        .required(documented.requiredMode() == RequiredMode.REQUIRED)
        .description(documented.description())
        .example(orNull(documented.example()))
        .schema(schema);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
