package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.RejectCause;
import io.voicerouting.routing.RoutingAction;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** FreeSWITCH, whose mod_xml_curl asks for a dialplan with a form of its call's variables. */
@Component
final class FreeSwitchAdapter implements PlatformAdapter {

  /**
   * The names after {@code Hunt-} and {@code Caller-}: only the former are right after a transfer.
   */
  private static final String DESTINATION = "Destination-Number";

  private static final String CONTEXT = "Context";
  private static final String CALLER = "Caller-ID-Number";
  private static final String PRIVACY = "Privacy-Hide-Number";

  private static final FormFields FIELDS =
      new FormFields(
          "section",
          "Hunt-" + DESTINATION,
          "Hunt-" + CONTEXT,
          "Hunt-" + CALLER,
          "Hunt-" + PRIVACY,
          "Caller-" + DESTINATION,
          "Caller-" + CONTEXT,
          "Caller-" + CALLER,
          "Caller-" + PRIVACY,
          "variable_domain_name",
          "variable_sip_to_host");

  /** A percent sign in a dial string stands for a registered user. */
  private static final InsertedValues RULES = new InsertedValues(";=?[]", UnaryOperator.identity());

  private final ActionTemplates templates;

  FreeSwitchAdapter(FreeSwitchProperties settings) {
    templates = new ActionTemplates(FreeSwitchProperties.PREFIX, settings, RULES);
  }

  @Override
  public String name() {
    return "freeswitch";
  }

  @Override
  public PlatformDescription describe() {
    FreeSwitchDocument example = new FreeSwitchDocument();
    example.set("call_timeout=30");
    example.bridge("user/1001@${domain_name}", true, false);
    return new PlatformDescription(
        List.of(PlatformDescription.FORM),
        FreeSwitchDocument.TEXT_XML,
        new PlatformDescription.Path(
            "",
            "Decide for FreeSWITCH",
            "For the dialplan binding of mod_xml_curl. `Hunt-` values take precedence over"
                + " `Caller-`.",
            List.of(
                new PlatformDescription.Field(
                    "section", "Other sections are not found", "dialplan"),
                new PlatformDescription.Field("Hunt-Destination-Number", "Dialled number", "1001"),
                new PlatformDescription.Field("Hunt-Context", "Context of the answer", "public"),
                new PlatformDescription.Field("Hunt-Caller-ID-Number", "The caller", "+15550100"),
                new PlatformDescription.Field(
                    "Hunt-Privacy-Hide-Number", "Whether the caller is withheld", "false"),
                new PlatformDescription.Field(
                    "variable_domain_name", "SIP domain that was called", "acme.example"),
                new PlatformDescription.Field(
                    "variable_sip_to_host",
                    "SIP domain, without variable_domain_name",
                    "acme.example")),
            example.toAnswer("public").body()),
        List.of());
  }

  @Override
  public boolean usesDomain() {
    return templates.useDomain();
  }

  @Override
  public PlatformAnswer unusable() {
    return FreeSwitchDocument.NOT_FOUND;
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    Map<String, String> fields = request.find(FIELDS);
    String context = hunted(fields, CONTEXT);
    if (!"dialplan".equals(fields.get("section"))
        || context == null
        || !FreeSwitchDocument.isName(context)) {
      return new PlatformReading.Unusable();
    }
    String domain = fields.get("variable_domain_name");
    return PlatformReading.of(
        request.toCall(
            hunted(fields, DESTINATION),
            "true".equals(hunted(fields, PRIVACY)) ? null : hunted(fields, CALLER),
            domain == null || domain.isEmpty() ? fields.get("variable_sip_to_host") : domain),
        (decision, known) -> render(decision, known, context));
  }

  private static @Nullable String hunted(Map<String, String> fields, String name) {
    String value = fields.get("Hunt-" + name);
    return value == null ? fields.get("Caller-" + name) : value;
  }

  private @Nullable PlatformAnswer render(
      Decision decision, @Nullable String domain, String context) {
    FreeSwitchDocument document = new FreeSwitchDocument();
    ActionTemplates.Texts texts = templates.texts(decision, domain);
    RoutingAction then = decision.action().then();
    if (!add(document, decision.action(), texts, then != null)) {
      return null;
    }
    if (then != null && !add(document, then, texts, false)) {
      document.hangUp(RejectCause.UNAVAILABLE);
    }
    return document.toAnswer(context);
  }

  /** Adds what performs an action; adds nothing and returns false if it cannot be performed. */
  private static boolean add(
      FreeSwitchDocument document,
      RoutingAction action,
      ActionTemplates.Texts texts,
      boolean followed) {
    if (action instanceof RoutingAction.Reject reject) {
      document.hangUp(reject.cause());
      return true;
    }
    String data = texts.of(action);
    if (data == null || !FreeSwitchDocument.isData(data)) {
      return false;
    }
    switch (action) {
      case RoutingAction.DialExtension dial -> {
        document.set("call_timeout=" + dial.timeoutSeconds());
        document.bridge(data, true, followed);
      }
      case RoutingAction.DialNumber dial -> document.bridge(data, followed, followed);
      case RoutingAction.DialSip dial -> document.bridge(data, followed, followed);
      case RoutingAction.AiAssistant assistant -> document.bridge(data, false, false);
      case RoutingAction.JoinConference join -> document.add("conference", data);
      case RoutingAction.RingGroup group -> document.add("transfer", data);
      case RoutingAction.IvrMenu menu -> document.add("ivr", data);
      case RoutingAction.Voicemail mailbox -> document.voicemail(data);
      case RoutingAction.Reject reject -> throw new IllegalStateException("Added above");
    }
    return true;
  }
}
