package io.voicerouting;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Title, description and authentication of the API document. */
@Configuration(proxyBeanMethods = false)
class OpenApiInfoConfiguration {

  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";

  private static final String DESCRIPTION =
      """
      Decides where a call goes. Errors are problem documents (RFC 9457) with a stable `type`; one \
      answer lists all field errors, up to 100. The role depends on the path: PLATFORM for \
      .../routing/..., ADMIN for the rest of /api/v1, OPS for /actuator. Unknown paths are 404 \
      not-found, wrong methods 405 method-not-allowed, formats other than JSON 406 not-acceptable.""";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(new Info().title("Voice Routing Cache").version("1").description(DESCRIPTION))
        .components(
            new Components()
                .addSecuritySchemes(BEARER, scheme(BEARER, "The token of the role"))
                .addSecuritySchemes(BASIC, scheme(BASIC, "Any user; the token is the password")))
        .addSecurityItem(new SecurityRequirement().addList(BEARER))
        .addSecurityItem(new SecurityRequirement().addList(BASIC));
  }

  private static SecurityScheme scheme(String name, String description) {
    return new SecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme(name)
        .description(description);
  }
}
