package io.voicerouting.web;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.PageQuery;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The API document: what holds for every operation. What is particular to one stands at its
 * controller and at the records of its body and answer.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";

  OpenApiConfiguration() {
    // They stand for parameters that ApiParameters describes one by one.
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(PageQuery.class, IfMatch.class);
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Voice Routing Cache")
                .version("1")
                .description(
                    "Where does this call go? Errors are problem documents (RFC 9457); `type` is"
                        + " stable, field errors come all at once, up to "
                        + InvalidFieldsException.MAX_ERRORS
                        + ". Roles depend on the path: PLATFORM for .../routing/..., ADMIN for the"
                        + " rest of /api/v1, OPS for /actuator. Unknown paths are 404 not-found,"
                        + " wrong methods 405 method-not-allowed, answers in anything but JSON 406"
                        + " not-acceptable."))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BEARER)
                        .description("The token of the role"))
                .addSecuritySchemes(
                    BASIC,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BASIC)
                        .description("Any user; the token is the password"))
                .addSchemas(ApiResponses.PROBLEM, ApiResponses.problemSchema()))
        .addSecurityItem(new SecurityRequirement().addList(BEARER))
        .addSecurityItem(new SecurityRequirement().addList(BASIC));
  }

  /** The generator has a mapper of its own, which does not follow the service's naming strategy. */
  @Bean
  ModelResolver modelResolver() {
    return new NullableMembers(Json31.mapper());
  }

  @Bean
  OperationCustomizer parameters() {
    return ApiParameters::describe;
  }

  @Bean
  OpenApiCustomizer responses() {
    return ApiResponses::describe;
  }
}
