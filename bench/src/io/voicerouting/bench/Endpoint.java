package io.voicerouting.bench;

/** The operations of the routing API that are measured. */
public enum Endpoint {
  /** One extension. */
  EXTENSION("extension", "/extensions/{extension}"),

  /** The whole active business hours schedule. */
  BUSINESS_HOURS("business-hours", "/business-hours"),

  /** A decision for an inbound call, which looks up organization, schedule and extension. */
  DECISION("decision", "/decision?direction=inbound&from=%2B15550100&to={extension}");

  private final String title;
  private final String operation;

  Endpoint(String title, String operation) {
    this.title = title;
    this.operation = operation;
  }

  /** Path and query with the placeholders {@code {org}} and {@code {extension}}. */
  String template() {
    return "/api/v1/organizations/{org}/routing" + operation;
  }

  /** Path and query for one extension. */
  public String path(long organizationId, int extensionNumber) {
    return expand(template(), organizationId, extensionNumber);
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
