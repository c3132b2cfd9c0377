package io.voicerouting.testing;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP calls with one role's token, answered as JSON. */
public final class Calls {

  private final RestTestClient client;
  private final String token;

  /**
   * Binds a client to a role.
   *
   * @param token one of {@link TestTokens}
   */
  public Calls(RestTestClient client, String token) {
    this.client = client;
    this.token = token;
  }

  /**
   * What came back.
   *
   * @param body a missing node when there was none
   */
  public record Answer(HttpStatusCode status, HttpHeaders headers, JsonNode body) {

    /** The header that states how lookups were answered; empty if it is missing. */
    public String cacheStatus() {
      String value = headers.getFirst("Cache-Status");
      return value == null ? "" : value;
    }
  }

  /** GET. */
  public Answer get(String uri, Object... variables) {
    return answer(client.get().uri(uri, variables).header("Authorization", "Bearer " + token));
  }

  /** GET of a URI that is encoded already. */
  public Answer get(URI uri) {
    return answer(client.get().uri(uri).header("Authorization", "Bearer " + token));
  }

  /** DELETE. */
  public Answer delete(String uri, Object... variables) {
    return answer(client.delete().uri(uri, variables).header("Authorization", "Bearer " + token));
  }

  /** POST or PUT of a JSON text. */
  public Answer send(HttpMethod method, String json, String uri, Object... variables) {
    return answer(
        client
            .method(method)
            .uri(uri, variables)
            .header("Authorization", "Bearer " + token)
            .contentType(MediaType.APPLICATION_JSON)
            .body(json));
  }

  /** A JSON merge patch (RFC 7396). */
  public Answer patch(String json, String uri, Map<String, String> headers) {
    return send(HttpMethod.PATCH, "application/merge-patch+json", json, uri, headers);
  }

  /** A body of any media type, with further headers. */
  public Answer send(
      HttpMethod method, String mediaType, String body, String uri, Map<String, String> headers) {
    RestTestClient.RequestBodySpec request =
        client
            .method(method)
            .uri(URI.create(uri))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", mediaType);
    headers.forEach(request::header);
    return answer(request.body(body));
  }

  private static Answer answer(RestTestClient.RequestHeadersSpec<?> request) {
    EntityExchangeResult<byte[]> result = request.exchange().expectBody().returnResult();
    byte[] body = result.getResponseBody();
    JsonMapper mapper = JsonMapper.shared();
    return new Answer(
        result.getStatus(),
        result.getResponseHeaders(),
        body == null || body.length == 0 ? mapper.missingNode() : mapper.readTree(body));
  }
}
