package io.voicerouting.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The operations of the routing API that are measured. */
public enum Endpoint {
  /** One extension. */
  EXTENSION("extension", Paths.WITHIN_ORGANIZATION + "/extensions/{extension}"),

  /** The whole active business hours schedule. */
  BUSINESS_HOURS("business-hours", Paths.WITHIN_ORGANIZATION + "/business-hours"),

  /** A decision for an inbound call, which looks up organization, schedule and extension. */
  DECISION(
      "decision",
      Paths.WITHIN_ORGANIZATION + "/decision?direction=inbound&from=%2B15550100&to={extension}"),

  /** A decision for a call to a phone number, which looks up the number, too. */
  NUMBER(
      "decision by number", "/api/v1/routing/decision?from=%2B15550100&to=%2B1555{org}{extension}"),

  /** The decision of an extension for a client whose token was issued, and is looked up. */
  ISSUED_TOKEN("decision, issued token", DECISION.template),

  /** The same decision as Kamailio's rtjson. */
  RTJSON(
      "rtjson",
      Paths.WITHIN_ORGANIZATION + "/rtjson?direction=inbound&from=%2B15550100&to={extension}"),

  /** The same decision for FreeSWITCH, which posts the variables that it is told to. */
  FREESWITCH(
      "freeswitch",
      Paths.WITHIN_ORGANIZATION + "/freeswitch?direction=inbound",
      FreeSwitchForm.CALL),

  /** The same for a FreeSWITCH that posts all variables of the call. */
  FREESWITCH_15_KB(
      "freeswitch, 15 kB",
      Paths.WITHIN_ORGANIZATION + "/freeswitch?direction=inbound",
      FreeSwitchForm.OTHERS + FreeSwitchForm.CALL);

  private final String title;
  private final String template;
  private final @Nullable String form;

  Endpoint(String title, String template) {
    this(title, template, null);
  }

  Endpoint(String title, String template, @Nullable String form) {
    this.title = title;
    this.template = template;
    this.form = form;
  }

  /** Constants of the enum itself are not there yet for its values. */
  private static final class Paths {
    static final String WITHIN_ORGANIZATION = "/api/v1/organizations/{org}/routing";

    private Paths() {}
  }

  /** The form of FreeSWITCH. Constants of the enum itself are not there yet for its values. */
  private static final class FreeSwitchForm {
    static final String CALL =
        "section=dialplan&Hunt-Context=public&Hunt-Caller-ID-Number=%2B15550100"
            + "&Hunt-Destination-Number={extension}";

    /** As many other variables as a call has. */
    static final String OTHERS =
        IntStream.range(0, 200)
            .mapToObj(n -> "variable_sip_h_X-Example-" + n + "=%3Csip%3A" + "x".repeat(38) + "%3E&")
            .collect(Collectors.joining());

    private FreeSwitchForm() {}
  }

  /** The form that is posted, with the placeholder {@code {extension}}; null for a {@code GET}. */
  @Nullable String form() {
    return form;
  }

  /** Whether only the service has it, and no baseline. */
  boolean isOfService() {
    return compareTo(DECISION) > 0;
  }

  /** Whether the client's token was issued, and is not one of the settings. */
  boolean usesIssuedToken() {
    return this == ISSUED_TOKEN;
  }

  /** Path and query with the placeholders {@code {org}} and {@code {extension}}. */
  String template() {
    return template;
  }

  /** Path and query for one extension. */
  public String path(long organizationId, int extensionNumber) {
    return expand(template(), organizationId, extensionNumber);
  }

  /** The answer of a service for one extension. */
  String answer(ServiceProcess service, String template, long organizationId, int extensionNumber) {
    String path = expand(template, organizationId, extensionNumber);
    return form == null
        ? service.body(path)
        : service.body(path, expand(form, organizationId, extensionNumber));
  }

  /** Replaces the placeholders of a template. */
  static String expand(String template, long organizationId, int extensionNumber) {
    return template
        .replace("{org}", Long.toString(organizationId))
        .replace("{extension}", Integer.toString(extensionNumber));
  }

  @Override
  public String toString() {
    return title;
  }
}
