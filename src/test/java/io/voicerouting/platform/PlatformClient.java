package io.voicerouting.platform;

import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Sends requests as platforms do: with any body, and with the token of the platform. */
final class PlatformClient {

  static final String FORM = "application/x-www-form-urlencoded";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String base;

  PlatformClient(int port) {
    base = "http://localhost:" + port + "/api/v1/";
  }

  /** GET of a path below the API's. */
  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /** GET without a token. */
  HttpResponse<String> anonymous(String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
  }

  /** POST of a form. */
  HttpResponse<String> post(String path, String form) {
    return post(path, FORM, form);
  }

  /** POST of any body. */
  HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A request with the token of the platform. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + TestTokens.PLATFORM);
  }

  /** Sends a request. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The media type of an answer without its parameters; empty if there is none. */
  static String mediaType(HttpResponse<String> answer) {
    List<String> types = answer.headers().allValues("Content-Type");
    return types.isEmpty() ? "" : types.getFirst().replaceAll(";.*", "");
  }
}
