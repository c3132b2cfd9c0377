package io.voicerouting.security;

import io.voicerouting.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CompositeHeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Maps paths other than those of calls to roles. Every refusal is a problem document. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String[] OPEN = {
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
    "/swagger-ui.html",
    "/swagger-ui/**",
    "/console",
    "/console/**", // static files, which hold no data
    "/webjars/uplot/**",
  };

  private static final String CONSOLE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Make browsers run only the console's own files, and send its address to no other site. */
  private static final HeaderWriter CONSOLE_HEADERS =
      new DelegatingRequestMatcherHeaderWriter(
          PathPatternRequestMatcher.withDefaults().matcher("/console/**"),
          new CompositeHeaderWriter(
              List.of(
                  new ContentSecurityPolicyHeaderWriter(CONSOLE_POLICY),
                  new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
                  new StaticHeadersWriter("Cross-Origin-Opener-Policy", "same-origin"))));

  /**
   * The filter chain of every request but calls. It contains only what a stateless API needs. It
   * keeps the servlet API's view of the caller, because the health endpoint shows details by it.
   */
  @Bean
  @Order // last
  SecurityFilterChain security(
      HttpSecurity http, TokenAuthenticator tokens, Refusals refusals, ProblemWriter problems) {
    return http.authorizeHttpRequests(SecurityConfiguration::authorize)
        .addFilterBefore(new TokenFilter(tokens), ExceptionTranslationFilter.class)
        .addFilterBefore(new CrossSiteFilter(problems), TokenFilter.class)
        .addFilterAfter(new ConfinementFilter(problems), AuthorizationFilter.class)
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .securityContext(
            context -> context.securityContextRepository(new NullSecurityContextRepository()))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers
                    .defaultsDisabled()
                    .contentTypeOptions(Customizer.withDefaults())
                    .cacheControl(Customizer.withDefaults())
                    .frameOptions(frames -> frames.deny())
                    .addHeaderWriter(CONSOLE_HEADERS))
        .csrf(AbstractHttpConfigurer::disable) // browsers do not send tokens on their own
        .anonymous(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }

  /** Leaves methods to the controllers, which answer 405 with the methods that they have. */
  @Bean
  HttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    firewall.setAllowedHeaderNames(plainOr(StrictHttpFirewall.ALLOWED_HEADER_NAMES));
    firewall.setAllowedHeaderValues(plainOr(StrictHttpFirewall.ALLOWED_HEADER_VALUES));
    return firewall;
  }

  /** Accepts printable ASCII, which both rules accept, without their regular expressions. */
  static Predicate<String> plainOr(Predicate<String> rule) {
    return header -> isPrintableAscii(header) || rule.test(header);
  }

  private static boolean isPrintableAscii(String header) {
    for (int i = 0; i < header.length(); i++) {
      if (header.charAt(i) < ' ' || header.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  @Bean
  RequestRejectedHandler requestRejectedHandler(ProblemWriter problems) {
    return (request, response, rejection) ->
        problems.write(
            request,
            response,
            HttpStatus.BAD_REQUEST,
            "request-rejected",
            "The path or a header has characters that are not accepted.");
  }

  /**
   * Disables observations of single filters and rules, which took much of the time of a request.
   * Requests are observed as a whole.
   */
  @Bean
  SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }

  /** Accepts tokens only. Without this bean, Spring Boot would create a user with a password. */
  @Bean
  AuthenticationManager tokensOnlyAuthenticationManager() {
    return authentication -> {
      throw new ProviderNotFoundException("Only tokens are accepted");
    };
  }

  private static void authorize(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        // An error dispatch follows a request that was already authorized or refused; it must
        // not become 401.
        .dispatcherTypeMatchers(DispatcherType.ERROR)
        .permitAll()
        .requestMatchers(OPEN)
        .permitAll()
        .requestMatchers("/api/v1/console/**")
        .hasRole(Role.OPS.name())
        .requestMatchers("/api/v1/**")
        .hasRole(Role.ADMIN.name())
        .requestMatchers("/actuator/**")
        .hasRole(Role.OPS.name())
        .anyRequest()
        .authenticated();
  }
}
