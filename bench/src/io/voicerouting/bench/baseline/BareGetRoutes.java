package io.voicerouting.bench.baseline;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.web.RequestMeterFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Returns the bytes that the service stored in Redis, by one {@code GET} on the service's own
 * connection, behind the same filters and without Spring MVC, as the service's direct routes: the
 * upper bound for them while the near cache is off.
 */
@Component
@Profile("bare-get-direct")
class BareGetRoutes extends OncePerRequestFilter {

  private static final Pattern ROUTE =
      Pattern.compile(
          "/api/v1/organizations/([0-9]+)/routing/baseline/(?:extensions/([0-9]+)|business-hours)");

  private final RedisNodes nodes;
  private final CacheProperties properties;
  private final NanoClock clock;

  BareGetRoutes(RedisNodes nodes, CacheProperties properties, NanoClock clock) {
    this.nodes = nodes;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher route = ROUTE.matcher(request.getRequestURI());
    StoredValue stored = route.matches() ? get(route.group(1), route.group(2)) : null;
    if (stored == null) {
      chain.doFilter(request, response);
      return;
    }
    RequestMeterFilter.setPattern(request, "/api/v1/organizations/{org}/routing/baseline");
    byte[] body = stored.bytes();
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private @Nullable StoredValue get(String organization, @Nullable String extension) {
    String key =
        extension == null
            ? "routing:business_hours:" + organization
            : "routing:extension:" + organization + ":" + extension;
    RedisConnection connection = nodes.of(key).connections().requireConnection();
    return PendingRead.send(connection, List.of(new PendingRead.Request(key, false)))
        .getFirst()
        .await(Deadline.after(properties.lookupBudget(), clock));
  }
}
