package io.voicerouting.platform;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionEngine;
import io.voicerouting.routing.DecisionOutcome;
import io.voicerouting.routing.DecisionResult;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.web.ServiceUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Decides about the calls that adapters have read, as the JSON endpoint does. */
@Component
final class PlatformCalls {

  private final RoutingCacheService service;
  private final DecisionEngine engine;

  PlatformCalls(RoutingCacheService service) {
    this.service = service;
    this.engine = new DecisionEngine(service);
  }

  /** Answers a request, and sets the headers of the decision. */
  PlatformAnswer answer(
      PlatformAdapter adapter, PlatformRequest request, HttpServletResponse response) {
    return switch (adapter.read(request)) {
      case PlatformReading.Call call -> decide(adapter, call, response);
      case PlatformReading.Answered answered -> answered.answer();
      case PlatformReading.Unusable unusable -> adapter.unusable();
    };
  }

  private PlatformAnswer decide(
      PlatformAdapter adapter, PlatformReading.Call call, HttpServletResponse response) {
    DecisionResult result = engine.decide(call.request());
    List<CacheStatus> lookups = new ArrayList<>(result.lookups());
    PlatformAnswer answer =
        switch (result) {
          case DecisionResult.Decided decided -> render(adapter, call, decided, lookups, response);
          case DecisionResult.Unavailable unavailable ->
              unavailable(unavailable.retryAfter(), response);
        };
    response.setHeader(CacheStatus.HEADER, CacheStatus.headerValue(lookups));
    return answer;
  }

  private static PlatformAnswer unavailable(Duration retryAfter, HttpServletResponse response) {
    response.setHeader(
        HttpHeaders.RETRY_AFTER, ServiceUnavailableException.headerValue(retryAfter));
    return PlatformAnswer.empty(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  /**
   * Renders a decision with the SIP domain of the organization, or else the one that was called. So
   * no caller can choose the domain of an organization that has one.
   */
  private PlatformAnswer render(
      PlatformAdapter adapter,
      PlatformReading.Call call,
      DecisionResult.Decided decided,
      List<CacheStatus> lookups,
      HttpServletResponse response) {
    Decision decision = decided.decision();
    Long organizationId = decision.organizationId();
    if (!adapter.usesDomain()
        || organizationId == null
        || decision.outcome() == DecisionOutcome.REJECT) {
      return render(call.renderer(), decision, null);
    }
    OrganizationView organization = decided.organization();
    if (organization == null) {
      Lookup<OrganizationView> found = service.getOrganization(organizationId);
      lookups.add(found.status());
      if (found instanceof Lookup.Unavailable<OrganizationView> unavailable) {
        return unavailable(unavailable.retryAfter(), response);
      }
      organization = found instanceof Lookup.Found<OrganizationView> one ? one.value() : null;
    }
    String domain = organization == null ? null : organization.sipDomain();
    return render(call.renderer(), decision, domain == null ? call.request().sipDomain() : domain);
  }

  /**
   * Renders a decision, or the rejection of its call if it has a value that must not be inserted.
   */
  static PlatformAnswer render(
      PlatformReading.Renderer renderer, Decision decision, @Nullable String domain) {
    PlatformAnswer answer = renderer.render(decision, domain);
    return answer == null
        ? Objects.requireNonNull(renderer.render(decision.rejectAsInvalid(), domain))
        : answer;
  }
}
