package io.voicerouting.security;

import io.voicerouting.security.TokenAuthenticator.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests by the token in {@code Authorization}: after {@code Bearer} (RFC 6750), or
 * as the password of any user after {@code Basic} (RFC 7617), which PBX webhooks can send. A
 * request without a valid token stays unauthenticated. Requests of the back office that may change
 * rows get an id, for the audit log.
 */
final class TokenFilter extends OncePerRequestFilter {

  /** Attribute of requests whose token was not accepted: the {@link Outcome}. */
  static final String OUTCOME = TokenFilter.class.getName();

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");
  private static final Set<String> READ_ONLY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private static final String ALREADY_FILTERED =
      TokenFilter.class.getName() + ALREADY_FILTERED_SUFFIX;

  private final TokenAuthenticator tokens;

  TokenFilter(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  /** The same text each time: composing it anew was a tenth of what a call allocates. */
  @Override
  protected String getAlreadyFilteredAttributeName() {
    return ALREADY_FILTERED;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (token != null) {
      Outcome outcome = tokens.authenticate(token, request.getRemoteAddr());
      if (outcome instanceof Outcome.Accepted accepted) {
        ClientAuthentication client = withRequestId(accepted.client(), request, response);
        SecurityContextHolder.setContext(new SecurityContextImpl(client));
      } else {
        request.setAttribute(OUTCOME, outcome);
      }
    }
    chain.doFilter(request, response);
  }

  private static ClientAuthentication withRequestId(
      ClientAuthentication client, HttpServletRequest request, HttpServletResponse response) {
    if (client.role() != Role.ADMIN || READ_ONLY.contains(request.getMethod())) {
      return client;
    }
    String sent = request.getHeader(REQUEST_ID);
    String id =
        sent != null && REQUEST_ID_FORM.matcher(sent).matches()
            ? sent
            : UUID.randomUUID().toString();
    response.setHeader(REQUEST_ID, id);
    return client.withRequestId(id);
  }

  private static @Nullable String token(@Nullable String header) {
    if (header == null) {
      return null;
    }
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
        ? password(header.substring(BASIC.length()).strip())
        : null;
  }

  private static @Nullable String password(String credentials) {
    try {
      String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? null : text.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
