package io.voicerouting.web;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** How the operations of the API can fail, for its document. */
final class ApiFailures {

  /** One way to fail: status, the problem's slug, and a sentence for people. */
  record Failure(int status, String slug, String description) {}

  private static final String EXTENSIONS = "/extensions";
  private static final String BUSINESS_HOURS = "/business-hours";

  private ApiFailures() {}

  static List<Failure> of(String path, HttpMethod method) {
    boolean body = method == HttpMethod.POST || method == HttpMethod.PUT;
    List<Failure> failures = new ArrayList<>();
    add(failures, 400, Problems.VALIDATION_FAILED, "Parameters or members were refused.");
    if (body) {
      add(failures, 400, Problems.MALFORMED_BODY, "The body is not one JSON document.");
      add(failures, 413, "content-too-large", "The body is longer than 1 MiB.");
      add(failures, 415, "unsupported-media-type", "The body is not called application/json.");
    }
    add(failures, 401, "unauthorized", "There is no valid token.");
    add(failures, 403, "forbidden", "The token's role does not reach this path.");
    if (path.contains("/routing/")) {
      routing(failures, path);
    } else {
      admin(failures, path, method);
    }
    add(failures, 503, "unavailable", "Nobody can answer now; Retry-After says when to ask again.");
    return failures;
  }

  private static void routing(List<Failure> failures, String path) {
    if (path.contains(EXTENSIONS)) {
      add(failures, 404, "extension-not-found", "The organization has no such extension.");
    } else if (path.contains(BUSINESS_HOURS)) {
      add(failures, 404, "no-active-schedule", "The organization has no active schedule.");
    }
  }

  private static void admin(List<Failure> failures, String path, HttpMethod method) {
    boolean change = method == HttpMethod.PUT || method == HttpMethod.DELETE;
    if (path.endsWith(EXTENSIONS + "/{id}")) {
      add(failures, 404, "extension-not-found", "The organization has no extension of this id.");
    } else if (path.endsWith(BUSINESS_HOURS + "/{id}")) {
      add(failures, 404, "schedule-not-found", "The organization has no schedule of this id.");
    } else if (path.contains("{org}")) {
      add(failures, 404, "organization-not-found", "There is no such organization.");
    }
    if (change) {
      add(failures, 412, "precondition-failed", "If-Match does not name the document as it is.");
    }
    if (method == HttpMethod.POST || method == HttpMethod.PUT) {
      duplicates(failures, path);
    }
    if (method == HttpMethod.POST || change) {
      add(
          failures,
          409,
          "concurrent-change",
          "Somebody else changed it, or deleted what it belongs to, at the same time.");
    }
  }

  private static void duplicates(List<Failure> failures, String path) {
    if (path.contains(EXTENSIONS)) {
      add(
          failures,
          409,
          "duplicate-extension-number",
          "The organization has an extension of this number.");
    } else if (path.contains(BUSINESS_HOURS)) {
      add(failures, 409, "active-schedule-exists", "The organization has an active schedule.");
    }
  }

  private static void add(List<Failure> failures, int status, String slug, String description) {
    failures.add(new Failure(status, slug, description));
  }
}
