package io.voicerouting.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The operations of the routing API that are measured. */
public enum Endpoint {
  /** One extension. */
  EXTENSION("extension", "/extensions/{extension}"),

  /** The whole active business hours schedule. */
  BUSINESS_HOURS("business-hours", "/business-hours"),

  /** A decision for an inbound call, which looks up organization, schedule and extension. */
  DECISION("decision", "/decision?direction=inbound&from=%2B15550100&to={extension}"),

  /** The same decision as Kamailio's rtjson. */
  RTJSON("rtjson", "/rtjson?direction=inbound&from=%2B15550100&to={extension}"),

  /** The same decision for FreeSWITCH, which posts the variables of the call. */
  FREESWITCH("freeswitch", "/freeswitch?direction=inbound", freeSwitchForm());

  private final String title;
  private final String operation;
  private final @Nullable String form;

  Endpoint(String title, String operation) {
    this(title, operation, null);
  }

  Endpoint(String title, String operation, @Nullable String form) {
    this.title = title;
    this.operation = operation;
    this.form = form;
  }

  /**
   * As many variables as a call of FreeSWITCH has, about 15 kB; the dialled number is at the end.
   */
  private static String freeSwitchForm() {
    return IntStream.range(0, 200)
            .mapToObj(n -> "variable_sip_h_X-Example-" + n + "=%3Csip%3A" + "x".repeat(38) + "%3E&")
            .collect(Collectors.joining())
        + "section=dialplan&Hunt-Context=public&Hunt-Caller-ID-Number=%2B15550100"
        + "&Hunt-Destination-Number={extension}";
  }

  /** The form that is posted, with the placeholder {@code {extension}}; null for a {@code GET}. */
  @Nullable String form() {
    return form;
  }

  /** Whether it answers in the format of a platform, which no baseline has. */
  boolean isOfPlatform() {
    return this == RTJSON || this == FREESWITCH;
  }

  /** Path and query with the placeholders {@code {org}} and {@code {extension}}. */
  String template() {
    return "/api/v1/organizations/{org}/routing" + operation;
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
  private static String expand(String template, long organizationId, int extensionNumber) {
    return template
        .replace("{org}", Long.toString(organizationId))
        .replace("{extension}", Integer.toString(extensionNumber));
  }

  @Override
  public String toString() {
    return title;
  }
}
