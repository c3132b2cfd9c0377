package io.voicerouting.organization;

import io.swagger.v3.oas.models.Operation;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes the path variable {@code org}, which most operations have, in the API document. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OrganizationParameterCustomizer implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getName().equals("org"))
          .forEach(parameter -> parameter.description("Id of the organization").example(42));
    }
    return operation;
  }
}
