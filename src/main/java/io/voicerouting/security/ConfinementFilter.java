package io.voicerouting.security;

import io.voicerouting.web.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Confines the clients of one organization to it. Runs after the role was checked and before any
 * controller, direct route or endpoint. Every path of the API that is not listed here is 404 for
 * them, so that a new one is closed until it is listed. Paths of other organizations are 404
 * whether or not the organization exists.
 *
 * <p>Paths without an organization that are listed answer only for the client's own: {@code
 * OrganizationService} and {@code RoutingCacheService} enforce that.
 */
final class ConfinementFilter implements Filter {

  private static final String ORGANIZATION = "org";
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private static final PathPattern API = pattern("/api/**");
  private static final PathPattern ORGANIZATIONS = pattern("/api/v1/organizations");
  private static final PathPattern ONE = pattern("/api/v1/organizations/{org}");
  private static final PathPattern WITHIN = pattern("/api/v1/organizations/{org}/**");
  private static final PathPattern CALLS = pattern("/api/v1/routing/**");
  private static final PathPattern TIME_ZONES = pattern("/api/v1/time-zones");

  private final ProblemWriter problems;

  ConfinementFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  private static PathPattern pattern(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }

  @Override
  public void doFilter(ServletRequest received, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) received;
    HttpServletResponse response = (HttpServletResponse) answer;
    ClientAuthentication client = SecurityContextClient.authentication();
    Long own = client == null ? null : client.client().organizationId();
    if (own == null) {
      chain.doFilter(request, response);
      return;
    }
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    boolean reads = READS.contains(request.getMethod());
    String other = otherOrganization(path, own);
    if (other != null) {
      problems.write(
          request,
          response,
          HttpStatus.NOT_FOUND,
          "organization-not-found",
          "There is no organization " + other + ".");
    } else if (!isListed(path)) {
      problems.write(request, response, HttpStatus.NOT_FOUND);
    } else if (!reads && (ORGANIZATIONS.matches(path) || ONE.matches(path))) {
      problems.write(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "forbidden",
          "A token of an organization cannot create, change or delete organizations.");
    } else {
      chain.doFilter(request, response);
    }
  }

  /** The organization in a path, decoded as controllers get it; null if it is the client's own. */
  private static @Nullable String otherOrganization(PathContainer path, long own) {
    PathMatchInfo match = WITHIN.matchAndExtract(path);
    String named = match == null ? null : match.getUriVariables().get(ORGANIZATION);
    return named == null || named.equals(Long.toString(own)) ? null : named;
  }

  private static boolean isListed(PathContainer path) {
    return !API.matches(path)
        || WITHIN.matches(path)
        || ORGANIZATIONS.matches(path)
        || CALLS.matches(path)
        || TIME_ZONES.matches(path);
  }
}
