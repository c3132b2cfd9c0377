package io.voicerouting.security;

import io.voicerouting.web.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
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

  private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);
  private static final AuthorizationResult DENIED = new AuthorizationDecision(false);

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
        new AuthorizationFilter(CallSecurity::authorize),
        new ConfinementFilter(problems));
  }

  /** Sets the header at once, so that the response need not be wrapped. */
  private static Filter noStore() {
    String value = String.valueOf(CacheControl.noStore().getHeaderValue());
    return (request, response, chain) -> {
      ((HttpServletResponse) response).setHeader(HttpHeaders.CACHE_CONTROL, value);
      chain.doFilter(request, response);
    };
  }

  /** Decides without the lists of roles that Spring's own managers make for each request. */
  private static AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> client, HttpServletRequest request) {
    return client.get() instanceof ClientAuthentication known && known.role() == Role.PLATFORM
        ? GRANTED
        : DENIED;
  }
}
