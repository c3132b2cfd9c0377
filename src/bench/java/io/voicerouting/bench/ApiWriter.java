package io.voicerouting.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes through the admin API of one instance. */
final class ApiWriter extends CellWriter {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ServiceProcess instance;
  private final Follower follower;

  ApiWriter(List<WrittenCell> cells, ServiceProcess instance, Follower follower) {
    super(cells, WrittenCell.Writer.API);
    this.instance = instance;
    this.follower = follower;
  }

  @Override
  void saved(WrittenCell cell, int version) {
    follower.follow(cell, version);
  }

  @Override
  Outcome write(WrittenCell cell, int version) {
    String path =
        "/api/v1/organizations/%s/%s/%s"
            .formatted(
                cell.organizationId(),
                cell.isSchedule() ? "business-hours" : "extensions",
                cell.id());
    String body = cell.isSchedule() ? schedule(version) : extension(version);
    HttpResponse<String> response = put(path, body);
    if (response == null) {
      return Outcome.UNKNOWN;
    }
    if (response.statusCode() == 200) {
      return Outcome.SAVED;
    }
    boolean clear =
        response.statusCode() == 503
            && response.body().contains("\"/problems/unavailable\"")
            && !response.body().contains("not known");
    if (!clear) {
      System.err.println("PUT answered " + response.statusCode() + " " + response.body());
    }
    return clear ? Outcome.REFUSED : Outcome.UNKNOWN;
  }

  private static String extension(int version) {
    return """
        {"extension_number":"%s","type":"user","display_name":"Written",
         "configuration":{"forward_to":"%s%07d"}}"""
        .formatted(WrittenCell.NUMBER, Question.PHONE_PREFIX, version);
  }

  private static String schedule(int version) {
    return """
        {"name":"%s%d",
         "open_hours_action":{"type":"ring_group","target":"sales"},
         "closed_hours_action":{"type":"extension","target":"%s"},
         "schedule":{"monday":{"enabled":true,
           "time_ranges":[{"start_time":"08:00","end_time":"18:00"}]}}}"""
        .formatted(Question.NAME_PREFIX, version, WrittenCell.NUMBER);
  }

  private @Nullable HttpResponse<String> put(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(instance.url() + path))
            .header("Authorization", "Bearer " + ServiceProcess.ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      throw ServiceProcess.interrupted(e);
    }
  }
}
