package io.voicerouting.organization;

import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

/** Describes the path variable {@code org}, which most operations have, in the API document. */
@Component
final class OrganizationParameterCustomizer implements ParameterCustomizer {

  @Override
  public @Nullable Parameter customize(
      @Nullable Parameter documented, MethodParameter methodParameter) {
    return documented != null && documented.getName().equals("org")
        ? documented.description("Id of the organization").example(42)
        : documented;
  }
}
