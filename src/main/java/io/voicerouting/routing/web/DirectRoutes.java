package io.voicerouting.routing.web;

import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.extension.ExtensionNumber;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.routing.Decision;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the routes of the plain form of the requests that platforms send for every call (ADR 4). A
 * plain request calls the controller's method directly. Spring MVC handles every other request, and
 * therefore every invalid one.
 */
@Component
final class DirectRoutes {

  private static final String ORGANIZATION = CallPath.ORGANIZATIONS + "{org}";

  private final DirectRoute decision;
  private final DirectRoute numberDecision;
  private final DirectRoute businessHours;
  private final DirectRoute extension;

  DirectRoutes(
      DecisionController decisions,
      NumberDecisionController numberDecisions,
      LookupController lookups,
      JsonMapper mapper)
      throws NoSuchMethodException {
    decision =
        new DirectRoute(
            ORGANIZATION + "/routing/decision",
            decisions,
            DecisionController.class.getDeclaredMethod(
                "get", PositiveId.class, DecisionBody.class, HttpServletResponse.class),
            (request, path, response) ->
                decisions.get(
                    new PositiveId(path.organizationId()),
                    CallQuery.of(request).toBody(DecisionBody::new),
                    response),
            mapper.writerFor(Decision.class));
    numberDecision =
        new DirectRoute(
            NumberDecisionController.PATH,
            numberDecisions,
            NumberDecisionController.class.getDeclaredMethod(
                "get", NumberDecisionBody.class, HttpServletResponse.class),
            (request, path, response) ->
                numberDecisions.get(
                    CallQuery.of(request).toBody(NumberDecisionBody::new), response),
            mapper.writerFor(Decision.class));
    businessHours =
        new DirectRoute(
            ORGANIZATION + "/routing/business-hours",
            lookups,
            LookupController.class.getDeclaredMethod(
                "businessHours", PositiveId.class, HttpServletResponse.class),
            (request, path, response) ->
                lookups.businessHours(new PositiveId(path.organizationId()), response),
            mapper.writerFor(BusinessHoursView.class));
    extension =
        new DirectRoute(
            ORGANIZATION + "/routing/extensions/{number}",
            lookups,
            LookupController.class.getDeclaredMethod(
                "extension", PositiveId.class, ExtensionNumber.class, HttpServletResponse.class),
            (request, path, response) ->
                lookups.extension(
                    new PositiveId(path.organizationId()),
                    ExtensionNumber.of(path.number()),
                    response),
            mapper.writerFor(ExtensionView.class));
  }

  /** Finds the route of a plain request; null if Spring MVC handles it. */
  @Nullable Found find(HttpServletRequest request) {
    if (!HttpMethod.GET.name().equals(request.getMethod())) {
      return null;
    }
    CallPath path =
        CallPath.parse(
            ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value());
    return path == null || !acceptsJson(request.getHeaders(HttpHeaders.ACCEPT))
        ? null
        : new Found(route(path.operation()), path);
  }

  /** A route and the path that led to it. */
  record Found(DirectRoute route, CallPath path) {

    /** Calls the method and returns its result as JSON. */
    byte[] handle(HttpServletRequest request, HttpServletResponse response) {
      return route.handle(request, path, response);
    }
  }

  private DirectRoute route(CallPath.Operation operation) {
    return switch (operation) {
      case DECISION -> decision;
      case NUMBER_DECISION -> numberDecision;
      case BUSINESS_HOURS -> businessHours;
      case EXTENSION -> extension;
    };
  }

  /** Whether the request accepts JSON in a plain form. Spring MVC handles other forms. */
  private static boolean acceptsJson(Enumeration<String> accepted) {
    if (!accepted.hasMoreElements()) {
      return true;
    }
    String only = accepted.nextElement();
    return !accepted.hasMoreElements()
        && (only.equals(MediaType.ALL_VALUE) || only.equals(MediaType.APPLICATION_JSON_VALUE));
  }
}
