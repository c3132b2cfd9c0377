package io.voicerouting.platform;

import io.voicerouting.common.CallUri;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.RejectCause;
import io.voicerouting.routing.RoutingAction;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * jambonz, which posts JSON and takes a list of verbs. It takes an empty list, and every other
 * content type, for nothing to do, and drops the call.
 */
@Component
final class JambonzAdapter implements PlatformAdapter {

  private static final String STATUS = "dial_call_status";

  private final ActionTemplates templates;
  private final Signatures signatures;
  private final PublicUrl publicUrl;
  private final JsonMapper mapper;
  private final JambonzVerbs verbs;

  JambonzAdapter(
      JambonzProperties settings, Signatures signatures, PublicUrl publicUrl, JsonMapper mapper) {
    this.templates = new ActionTemplates(JambonzProperties.PREFIX, settings, SipUris.RULES);
    this.signatures = signatures;
    this.publicUrl = publicUrl;
    this.mapper = mapper;
    this.verbs = new JambonzVerbs(mapper);
  }

  @Override
  public String name() {
    return "jambonz";
  }

  @Override
  public PlatformDescription describe() {
    return new PlatformDescription(
        MediaType.APPLICATION_JSON_VALUE,
        "Decide for jambonz",
        "What follows a missed call is asked at the actionHook, /after. If a"
            + " secret is set, Jambonz-Signature is required: 403 without.",
        List.of(
            new PlatformDescription.Field(
                "to", "Dialled number, or a URI whose user part it is", "+12125550100"),
            new PlatformDescription.Field("from", "The caller, in any form", "+12125550199"),
            new PlatformDescription.Field(
                "sip", "The INVITE, whose To header names the SIP domain", "{}")),
        MediaType.APPLICATION_JSON_VALUE,
        verbs.decline(SipStatus.NOT_FOUND).body());
  }

  @Override
  public boolean hasPath(String subPath) {
    return subPath.isEmpty() || subPath.equals(MissedCall.PATH);
  }

  @Override
  public boolean usesDomain() {
    return templates.useDomain();
  }

  @Override
  public PlatformAnswer unusable() {
    return verbs.decline(SipStatus.ADDRESS_INCOMPLETE);
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    if (!signatures.accept(name(), secret -> JambonzSignature.isSigned(request, secret))) {
      return new PlatformReading.Answered(PlatformAnswer.empty(HttpServletResponse.SC_FORBIDDEN));
    }
    JsonNode body = JsonBody.parse(mapper, request);
    if (body == null) {
      return new PlatformReading.Unusable();
    }
    DecisionRequest call = call(request, body);
    if (!request.subPath().equals(MissedCall.PATH)) {
      return PlatformReading.of(
          call, (decision, domain) -> render(decision, domain, request, call));
    }
    String status = JsonBody.text(body.path(STATUS));
    if (status != null && MissedCall.wasAnswered(status)) {
      return new PlatformReading.Answered(verbs.hangUp());
    }
    return PlatformReading.of(status == null ? null : call, this::renderMissedCall);
  }

  private static @Nullable DecisionRequest call(PlatformRequest request, JsonNode body) {
    Map<String, String> url = new HashMap<>(MissedCall.URL_FIELDS.find(request.query()));
    String to = url.getOrDefault("to", JsonBody.text(body.path("to")));
    String from = url.getOrDefault("from", JsonBody.text(body.path("from")));
    return request.toCall(to, from, url.getOrDefault("domain", domain(body)));
  }

  /** The host in the header To of the INVITE; jambonz itself replaces the one of the request. */
  private static @Nullable String domain(JsonNode body) {
    String header = JsonBody.text(body.at("/sip/headers/to"));
    return header == null ? null : CallUri.host(header.replaceFirst("^[^<]*<([^>]*)>.*$", "$1"));
  }

  private @Nullable PlatformAnswer render(
      Decision decision,
      @Nullable String domain,
      PlatformRequest request,
      @Nullable DecisionRequest call) {
    String after =
        decision.action().then() == null || call == null
            ? null
            : MissedCall.url(publicUrl.path(request), call);
    return render(decision.action(), templates.texts(decision, domain), after);
  }

  /** Renders what follows a missed call; the caller is told so if nothing does. */
  private PlatformAnswer renderMissedCall(Decision decision, @Nullable String domain) {
    RoutingAction then = decision.action().then();
    PlatformAnswer answer =
        then == null ? null : render(then, templates.texts(decision, domain), null);
    return answer == null ? verbs.decline(SipStatus.of(RejectCause.UNAVAILABLE)) : answer;
  }

  private @Nullable PlatformAnswer render(
      RoutingAction action, ActionTemplates.Texts texts, @Nullable String after) {
    if (action instanceof RoutingAction.Reject reject) {
      return verbs.decline(SipStatus.of(reject.cause()));
    }
    String text = texts.of(action);
    if (text == null) {
      return null;
    }
    return switch (action) {
      case RoutingAction.DialExtension dial -> verbs.dial(text, dial.timeoutSeconds(), after);
      case RoutingAction.JoinConference join -> verbs.conference(text);
      case RoutingAction.RingGroup group -> verbs.enqueue(text);
      case RoutingAction.IvrMenu menu -> verbs.redirect(text);
      case RoutingAction.Voicemail mailbox -> verbs.redirect(text);
      default -> verbs.dial(text, null, after);
    };
  }
}
