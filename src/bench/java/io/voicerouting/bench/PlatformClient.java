package io.voicerouting.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks instances as the platform does. */
final class PlatformClient {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;

  PlatformClient(Executor executor) {
    this.client = HttpClient.newBuilder().executor(executor).build();
  }

  /** The answer; null when there was none. */
  @Nullable HttpResponse<String> send(ServiceProcess instance, Question question) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(instance.url() + question.path()))
            .header("Authorization", "Bearer " + ServiceProcess.PLATFORM_TOKEN)
            .timeout(PATIENCE)
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
