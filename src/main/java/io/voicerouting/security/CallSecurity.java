package io.voicerouting.security;

import io.voicerouting.web.ProblemWriter;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The security of the requests that platforms send for each call: the same checks as in {@link
 * SecurityConfiguration}, without filters and headers that only people and browsers need (ADR 21).
 */
@Configuration(proxyBeanMethods = false)
class CallSecurity {

  private static final RequestMatcher CALLS =
      new OrRequestMatcher(
          PathPatternRequestMatcher.pathPattern("/api/v1/organizations/*/routing/**"),
          PathPatternRequestMatcher.pathPattern("/api/v1/routing/**"));

  /** The filter chain of calls. {@code FilterChainProxy} clears the context after the request. */
  @Bean
  @Order(1) // before the chain of all other requests
  SecurityFilterChain callSecurityChain(
      TokenAuthenticator tokens, Refusals refusals, ProblemWriter problems) {
    ExceptionTranslationFilter failures =
        new ExceptionTranslationFilter(refusals, new NullRequestCache());
    failures.setAccessDeniedHandler(refusals);
    return new DefaultSecurityFilterChain(
        CALLS,
        noStore(),
        new CrossSiteFilter(problems),
        new TokenFilter(tokens),
        failures,
        new AuthorizationFilter(AuthorityAuthorizationManager.hasRole(Role.PLATFORM.name())),
        new ConfinementFilter(problems));
  }

  /** Sets the header at once, so that the response need not be wrapped. */
  private static HeaderWriterFilter noStore() {
    String value = CacheControl.noStore().getHeaderValue();
    HeaderWriterFilter filter =
        new HeaderWriterFilter(
            List.of(new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, String.valueOf(value))));
    filter.setShouldWriteHeadersEagerly(true);
    return filter;
  }
}
