package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.RejectCause;
import io.voicerouting.routing.RoutingAction;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** FreeSWITCH: mod_xml_curl requests a dialplan by a form with the variables of the call. */
@Component
final class FreeSwitchAdapter implements PlatformAdapter {

  private static final String SECTION = "section";
  private static final String DOMAIN_NAME = "variable_domain_name";
  private static final String TO_HOST = "variable_sip_to_host";

  private static final Hunted DESTINATION = new Hunted("Destination-Number");
  private static final Hunted CONTEXT = new Hunted("Context");
  private static final Hunted CALLER = new Hunted("Caller-ID-Number");
  private static final Hunted PRIVACY = new Hunted("Privacy-Hide-Number");

  private static final FormFields FIELDS =
      new FormFields(
          SECTION,
          DESTINATION.hunt(),
          CONTEXT.hunt(),
          CALLER.hunt(),
          PRIVACY.hunt(),
          DESTINATION.caller(),
          CONTEXT.caller(),
          CALLER.caller(),
          PRIVACY.caller(),
          DOMAIN_NAME,
          TO_HOST);

  /** A percent sign in a dial string stands for a registered user. */
  private static final InsertedValues RULES = new InsertedValues(";=?[]", UnaryOperator.identity());

  /** The two names of a field: after a transfer, only the first one is right. */
  private record Hunted(String hunt, String caller) {

    Hunted(String name) {
      this("Hunt-" + name, "Caller-" + name);
    }

    @Nullable String of(FieldValues fields) {
      return fields.getOrDefault(hunt, fields.get(caller));
    }
  }

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
    FreeSwitchDocument example = new FreeSwitchDocument("public");
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
            example.toAnswer().body()),
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
    FieldValues fields = request.find(FIELDS);
    String context = CONTEXT.of(fields);
    if (!"dialplan".equals(fields.get(SECTION))
        || context == null
        || !FreeSwitchDocument.isName(context)) {
      return new PlatformReading.Unusable();
    }
    String domain = fields.get(DOMAIN_NAME);
    return PlatformReading.of(
        request.toCall(
            DESTINATION.of(fields),
            "true".equals(PRIVACY.of(fields)) ? null : CALLER.of(fields),
            domain == null || domain.isEmpty() ? fields.get(TO_HOST) : domain),
        (decision, known) -> render(decision, known, context));
  }

  private @Nullable PlatformAnswer render(
      Decision decision, @Nullable String domain, String context) {
    FreeSwitchDocument document = new FreeSwitchDocument(context);
    ActionTemplates.Texts texts = templates.texts(decision, domain);
    RoutingAction then = decision.action().then();
    if (!add(document, decision.action(), texts, then != null)) {
      return null;
    }
    if (then != null && !add(document, then, texts, false)) {
      document.hangUp(RejectCause.UNAVAILABLE);
    }
    return document.toAnswer();
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
