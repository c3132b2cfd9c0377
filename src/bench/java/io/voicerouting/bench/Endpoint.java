package io.voicerouting.bench;

/** What is asked for. */
enum Endpoint {
  /** An extension's document. */
  EXTENSION("extension", "/extensions/{extension}"),

  /** The whole schedule. */
  BUSINESS_HOURS("business-hours", "/business-hours"),

  /** What to do with a call from outside: organization, schedule and extension are looked up. */
  DECISION("decision", "/decision?direction=inbound&from=%2B15550100&to={extension}");

  private final String title;
  private final String path;

  Endpoint(String title, String path) {
    this.title = title;
    this.path = path;
  }

  String title() {
    return title;
  }

  /** The path at the service or a baseline, with places for organization and extension. */
  String path(Contestant contestant) {
    return "/api/v1/organizations/{org}/routing"
        + (contestant.isBaseline() ? "/baseline" : "")
        + path;
  }

  /** The path for one key. */
  String path(Contestant contestant, long organizationId, String extensionNumber) {
    return path(contestant)
        .replace("{org}", Long.toString(organizationId))
        .replace("{extension}", extensionNumber);
  }
}
