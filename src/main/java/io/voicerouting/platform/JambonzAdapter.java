package io.voicerouting.platform;

import io.voicerouting.common.CallUri;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.RoutingAction;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * jambonz, which posts JSON and takes a list of verbs. It drops the call if the list is empty or
 * the content type is another one.
 */
@Component
final class JambonzAdapter extends CallbackAdapter {

  private static final String STATUS = "dial_call_status";

  private final Signatures signatures;
  private final JsonMapper mapper;
  private final JambonzVerbs verbs;

  JambonzAdapter(
      JambonzProperties settings, Signatures signatures, PublicUrl publicUrl, JsonMapper mapper) {
    super(new ActionTemplates(JambonzProperties.PREFIX, settings, SipUris.RULES), publicUrl);
    this.signatures = signatures;
    this.mapper = mapper;
    this.verbs = new JambonzVerbs(mapper);
  }

  @Override
  public String name() {
    return "jambonz";
  }

  @Override
  public PlatformDescription describe() {
    List<PlatformDescription.Field> fields =
        List.of(
            new PlatformDescription.Field(
                "to", "Dialled number, or a URI whose user part it is", "+12125550100"),
            new PlatformDescription.Field("from", "The caller, in any form", "+12125550199"),
            new PlatformDescription.Field(
                "sip",
                "The INVITE, whose To header names the SIP domain",
                Map.of("headers", Map.of("to", "<sip:1001@acme.example>"))));
    List<PlatformDescription.Field> missed = new ArrayList<>(fields);
    missed.add(new PlatformDescription.Field(STATUS, "How the dialled call ended", "no-answer"));
    return new PlatformDescription(
        List.of(MediaType.APPLICATION_JSON_VALUE),
        MediaType.APPLICATION_JSON_VALUE,
        new PlatformDescription.Path(
            "",
            "Decide for jambonz",
            "What follows a missed call is asked at the actionHook, /after. If a"
                + " secret is set, Jambonz-Signature is required: 403 without.",
            fields,
            verbs.dial("1001@acme.example", 30, null).body()),
        List.of(
            new PlatformDescription.Path(
                PATH,
                "Decide what follows a missed call, for jambonz",
                "The actionHook of an answer. It repeats the call; jambonz adds its members.",
                missed,
                unavailable().body())));
  }

  @Override
  public PlatformAnswer unusable() {
    return verbs.decline(SipStatus.ADDRESS_INCOMPLETE);
  }

  @Override
  PlatformAnswer hangUp() {
    return verbs.hangUp();
  }

  @Override
  PlatformAnswer unavailable() {
    return verbs.decline(SipStatus.TEMPORARILY_UNAVAILABLE);
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    if (!signatures.accept(name(), secret -> JambonzSignature.isSigned(request, secret))) {
      return new PlatformReading.Answered(PlatformAnswer.empty(HttpServletResponse.SC_FORBIDDEN));
    }
    JsonNode body = JsonBody.parse(mapper, request);
    return body == null
        ? new PlatformReading.Unusable()
        : read(request, call(request, body), JsonBody.text(body.path(STATUS)));
  }

  private static @Nullable DecisionRequest call(PlatformRequest request, JsonNode body) {
    FieldValues url = URL_FIELDS.find(request.query());
    String to = url.getOrDefault("to", JsonBody.text(body.path("to")));
    String from = url.getOrDefault("from", JsonBody.text(body.path("from")));
    return request.toCall(to, from, url.getOrDefault("domain", domain(body)));
  }

  /** The host in the header To of the INVITE; jambonz itself replaces the one of the request. */
  private static @Nullable String domain(JsonNode body) {
    String header = JsonBody.text(body.at("/sip/headers/to"));
    return header == null ? null : CallUri.host(header.replaceFirst("^[^<]*<([^>]*)>.*$", "$1"));
  }

  @Override
  @Nullable PlatformAnswer render(
      RoutingAction action, ActionTemplates.Texts texts, @Nullable String callback) {
    if (action instanceof RoutingAction.Reject reject) {
      return verbs.decline(SipStatus.of(reject.cause()));
    }
    String text = texts.of(action);
    if (text == null) {
      return null;
    }
    return switch (action) {
      case RoutingAction.DialExtension dial -> verbs.dial(text, dial.timeoutSeconds(), callback);
      case RoutingAction.JoinConference join -> verbs.conference(text);
      case RoutingAction.RingGroup group -> verbs.enqueue(text);
      case RoutingAction.IvrMenu menu -> verbs.redirect(text);
      case RoutingAction.Voicemail mailbox -> verbs.redirect(text);
      default -> verbs.dial(text, null, callback);
    };
  }
}
