package io.voicerouting.platform;

import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.RejectCause;
import io.voicerouting.routing.RoutingAction;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** TwiML: Twilio, SignalWire, Telnyx, and Cloudonix, which may post JSON instead of a form. */
@Component
final class TwimlAdapter extends CallbackAdapter {

  private static final String TO = "To";
  private static final String FROM = "From";
  private static final String SIP_DOMAIN = "SipDomain";
  private static final String DOMAIN = "Domain";
  private static final String STATUS = "DialCallStatus";

  private static final List<String> NAMES = List.of(TO, FROM, SIP_DOMAIN, DOMAIN, STATUS);

  private static final FormFields FIELDS = new FormFields(NAMES.toArray(String[]::new));

  /** How Twilio spells ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE as numbers. */
  private static final Set<String> WITHHELD =
      Set.of("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253");

  private final Signatures signatures;
  private final PublicUrl publicUrl;
  private final JsonMapper mapper;

  TwimlAdapter(
      TwimlProperties settings, Signatures signatures, PublicUrl publicUrl, JsonMapper mapper) {
    super(new ActionTemplates(TwimlProperties.PREFIX, settings, SipUris.RULES), publicUrl);
    this.signatures = signatures;
    this.publicUrl = publicUrl;
    this.mapper = mapper;
  }

  @Override
  public String name() {
    return "twiml";
  }

  @Override
  public PlatformDescription describe() {
    TwimlElement noun =
        Objects.requireNonNull(TwimlElement.parse("<Sip>sip:1001@acme.example</Sip>"));
    List<PlatformDescription.Field> fields =
        List.of(
            new PlatformDescription.Field(
                TO, "Dialled number, or a URI whose user part it is", "+12125550100"),
            new PlatformDescription.Field(FROM, "The caller, in any form", "+12125550199"),
            new PlatformDescription.Field(
                SIP_DOMAIN, "SIP domain that was called; also Domain", "acme.example"));
    List<PlatformDescription.Field> missed = new ArrayList<>(fields);
    missed.add(new PlatformDescription.Field(STATUS, "How the dialled call ended", "no-answer"));
    return new PlatformDescription(
        List.of(PlatformDescription.FORM, MediaType.APPLICATION_JSON_VALUE),
        MediaType.APPLICATION_XML_VALUE,
        new PlatformDescription.Path(
            "",
            "Decide for Twilio and platforms with its TwiML",
            "What follows a missed call is asked at the action URL, /after. If a secret is set,"
                + " X-Twilio-Signature or X-CX-APIKey is required: 403 without.",
            fields,
            TwimlDocument.dial(noun, 30, null).body()),
        List.of(
            new PlatformDescription.Path(
                PATH,
                "Decide what follows a missed call, for TwiML",
                "The action URL of an answer. It repeats the call; the platform adds its fields.",
                missed,
                TwimlDocument.BUSY.body())));
  }

  @Override
  public PlatformAnswer unusable() {
    return TwimlDocument.REJECT;
  }

  @Override
  PlatformAnswer hangUp() {
    return TwimlDocument.HANG_UP;
  }

  /** The caller hears that the line is busy. */
  @Override
  PlatformAnswer unavailable() {
    return TwimlDocument.BUSY;
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    List<String> urls = publicUrl.signed(request);
    if (!signatures.accept(name(), secret -> TwilioSignature.isSigned(request, urls, secret))) {
      return new PlatformReading.Answered(PlatformAnswer.empty(HttpServletResponse.SC_FORBIDDEN));
    }
    FieldValues sent = fields(request);
    return read(request, call(request, sent), sent.get(STATUS));
  }

  private FieldValues fields(PlatformRequest request) {
    if (request.isForm()) {
      return request.find(FIELDS);
    }
    FieldValues values = FIELDS.find(request.query());
    JsonNode body = JsonBody.parse(mapper, request);
    if (body != null) {
      for (String name : NAMES) {
        String value = JsonBody.text(body.path(name));
        if (value != null) {
          values.set(name, value);
        }
      }
    }
    return values;
  }

  private static @Nullable DecisionRequest call(PlatformRequest request, FieldValues sent) {
    FieldValues url = URL_FIELDS.find(request.query());
    String from = sent.get(FROM);
    return request.toCall(
        url.getOrDefault("to", sent.get(TO)),
        url.getOrDefault("from", from == null || WITHHELD.contains(from) ? null : from),
        url.getOrDefault("domain", sent.getOrDefault(SIP_DOMAIN, sent.get(DOMAIN))));
  }

  @Override
  @Nullable PlatformAnswer render(
      RoutingAction action, ActionTemplates.Texts texts, @Nullable String callback) {
    if (action instanceof RoutingAction.Reject reject) {
      return reject.cause() == RejectCause.UNAVAILABLE ? TwimlDocument.BUSY : TwimlDocument.REJECT;
    }
    String xml = texts.of(action);
    TwimlElement element = xml == null ? null : TwimlElement.parse(xml);
    if (element == null) {
      return null;
    }
    if (!element.isNoun()) {
      return TwimlDocument.verb(element);
    }
    return switch (action) {
      case RoutingAction.JoinConference join -> TwimlDocument.join(element);
      case RoutingAction.DialExtension dial ->
          TwimlDocument.dial(element, dial.timeoutSeconds(), callback);
      default -> TwimlDocument.dial(element, null, callback);
    };
  }
}
