package io.voicerouting.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionOutcome;
import io.voicerouting.routing.RoutingAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Kamailio's rtjson and OpenSIPS: a list of SIP URIs to try in turn. */
@Component
final class RtjsonAdapter implements PlatformAdapter {

  private final ActionTemplates templates;
  private final ObjectWriter writer;
  private final PlatformAnswer unusable;

  RtjsonAdapter(RtjsonProperties settings, JsonMapper mapper) {
    templates = new ActionTemplates(RtjsonProperties.PREFIX, settings, SipUris.RULES);
    writer = mapper.writerFor(Document.class);
    unusable = answer(Document.reject("request_invalid", SipStatus.ADDRESS_INCOMPLETE));
  }

  /**
   * The document. Kamailio needs the SIP status as a number.
   *
   * @param outcome this and all later members are for scripts; rtjson itself does not read them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Document(
      String version,
      String routing,
      List<Route> routes,
      String outcome,
      String reason,
      @Nullable Integer sipCode,
      @Nullable String sipReason) {

    static Document route(List<Route> routes, String reason) {
      return new Document(
          "1.0", "serial", routes, DecisionOutcome.ROUTE.code(), reason, null, null);
    }

    static Document reject(String reason, SipStatus status) {
      return new Document(
          "1.0",
          "serial",
          List.of(),
          DecisionOutcome.REJECT.code(),
          reason,
          status.code(),
          status.phrase());
    }
  }

  /**
   * One URI to try.
   *
   * @param frInvTimer for how many milliseconds; null for the proxy's own limit
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Route(String uri, @Nullable Integer frInvTimer) {}

  @Override
  public String name() {
    return "rtjson";
  }

  @Override
  public PlatformDescription describe() {
    return new PlatformDescription(
        List.of(PlatformDescription.FORM),
        MediaType.APPLICATION_JSON_VALUE,
        new PlatformDescription.Path(
            "",
            "Decide for Kamailio's rtjson, or OpenSIPS",
            "What follows a missed call is a further route.",
            SipUris.DESCRIBED,
            writer.writeValueAsString(
                Document.route(
                    List.of(new Route("sip:1001@acme.example", 30_000)), "extension_active"))),
        List.of());
  }

  @Override
  public boolean usesDomain() {
    return templates.useDomain();
  }

  @Override
  public PlatformAnswer unusable() {
    return unusable;
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    return SipUris.read(request, this::render);
  }

  private @Nullable PlatformAnswer render(Decision decision, @Nullable String domain) {
    String reason = decision.reason().code();
    if (decision.action() instanceof RoutingAction.Reject reject) {
      return answer(Document.reject(reason, SipStatus.of(reject.cause())));
    }
    ActionTemplates.Texts uris = templates.texts(decision, domain);
    List<Route> routes = new ArrayList<>();
    if (!addTo(routes, decision.action(), uris)) {
      return null;
    }
    RoutingAction then = decision.action().then();
    if (then != null) {
      addTo(routes, then, uris);
    }
    return answer(Document.route(routes, reason));
  }

  /** Adds the route of an action; adds nothing and returns false if it has no URI. */
  private static boolean addTo(
      List<Route> routes, RoutingAction action, ActionTemplates.Texts uris) {
    String uri = uris.of(action);
    if (uri == null) {
      return false;
    }
    Integer timer =
        action instanceof RoutingAction.DialExtension dial ? dial.timeoutSeconds() * 1_000 : null;
    return routes.add(new Route(uri, timer));
  }

  private PlatformAnswer answer(Document document) {
    return PlatformAnswer.ok(MediaType.APPLICATION_JSON_VALUE, writer.writeValueAsString(document));
  }
}
