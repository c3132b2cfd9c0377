package io.voicerouting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests by the token in {@code Authorization}: after {@code Bearer} (RFC 6750), or
 * as the password of any user after {@code Basic} (RFC 7617), which PBX webhooks can send. A
 * request without a known token stays unauthenticated.
 */
final class TokenFilter extends OncePerRequestFilter {

  private static final String BEARER = "Bearer ";

  private static final String BASIC = "Basic ";

  private final TokenRoles roles;

  /** One authentication per role, shared by all requests: it holds no state of a request. */
  private final Map<Role, Authentication> authentications = new EnumMap<>(Role.class);

  TokenFilter(TokenRoles roles) {
    this.roles = roles;
    for (Role role : Role.values()) {
      authentications.put(role, role.toAuthentication());
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
    Role role = token == null ? null : roles.findRole(token);
    Authentication caller = role == null ? null : authentications.get(role);
    if (caller != null) {
      SecurityContextHolder.setContext(new SecurityContextImpl(caller));
    }
    chain.doFilter(request, response);
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
