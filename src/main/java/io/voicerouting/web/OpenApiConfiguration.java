package io.voicerouting.web;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.Precondition;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The parts of the API document that all operations share. Controllers and the records of bodies
 * and answers describe the rest.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  OpenApiConfiguration() {
    // ApiParameters describes their parameters
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(PageQuery.class, Precondition.class)
        .addResponseWrapperToIgnore(MergePatch.class);
  }

  /** The generator's own mapper does not follow the service's naming strategy. */
  @Bean
  ModelResolver modelResolver() {
    return new NullableSchemaResolver(Json31.mapper());
  }

  @Bean
  OperationCustomizer commonDescriptions() {
    return (operation, method) -> {
      ApiParameters.describe(operation, method);
      ApiResponses.describe(operation, method);
      return operation;
    };
  }

  @Bean
  OpenApiCustomizer patchSchemas() {
    return PatchSchemas::describe;
  }

  @Bean
  OpenApiCustomizer problemSchema() {
    return document ->
        document.getComponents().addSchemas(ApiResponses.PROBLEM, ApiResponses.problemSchema());
  }
}
