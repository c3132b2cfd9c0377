package io.voicerouting.bench.faults;

import io.voicerouting.bench.SampleData;
import io.voicerouting.bench.ServiceProcess;
import io.voicerouting.testing.TestTokens;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Writes through the admin API of one instance. */
final class ApiWriter extends DocumentWriter {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ServiceProcess instance;
  private final PropagationProbe probe;

  ApiWriter(List<VersionedDocument> documents, ServiceProcess instance, PropagationProbe probe) {
    super(documents, VersionedDocument.WritePath.API);
    this.instance = instance;
    this.probe = probe;
  }

  @Override
  Outcome write(VersionedDocument document, int version) {
    String collection = document.isSchedule() ? "business-hours" : "extensions";
    String path =
        "/api/v1/organizations/%s/%s/%s"
            .formatted(document.organizationId(), collection, document.id());
    String body = document.isSchedule() ? schedule(version) : extension(version);
    HttpResponse<String> response;
    try {
      response =
          ServiceProcess.send(
              instance
                  .request(path, TestTokens.ADMIN)
                  .header("Content-Type", "application/json")
                  .timeout(TIMEOUT)
                  .PUT(BodyPublishers.ofString(body)));
    } catch (UncheckedIOException e) {
      return Outcome.UNKNOWN;
    }
    if (response.statusCode() == 200) {
      probe.watch(document, version);
      return Outcome.SAVED;
    }
    boolean refused =
        response.statusCode() == 503
            && response.body().contains("\"/problems/unavailable\"")
            && !response.body().contains("not known");
    if (!refused) {
      System.err.println("PUT answered " + response.statusCode() + " " + response.body());
    }
    return refused ? Outcome.REFUSED : Outcome.UNKNOWN;
  }

  private static String extension(int version) {
    return """
        {"extension_number":"%s","type":"user","display_name":"Written",
         "configuration":{"forward_to":"%s"}}"""
        .formatted(SampleData.FIRST_NUMBER, VersionedDocument.phoneNumber(version));
  }

  private static String schedule(int version) {
    return """
        {"name":"%s",
         "open_hours_action":{"type":"ring_group","target":"sales"},
         "closed_hours_action":{"type":"extension","target":"%s"},
         "schedule":{"monday":{"enabled":true,
           "time_ranges":[{"start_time":"08:00","end_time":"18:00"}]}}}"""
        .formatted(VersionedDocument.name(version), SampleData.FIRST_NUMBER);
  }
}
