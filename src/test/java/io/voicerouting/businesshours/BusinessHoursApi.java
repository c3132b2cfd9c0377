package io.voicerouting.businesshours;

import io.voicerouting.testing.TestTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The admin API of one organization's schedules. */
class BusinessHoursApi {

  /** A schedule without exceptions, which tests vary. */
  static final String BODY =
      """
      {
        "name": "Head office",
        "open_hours_action": {"type": "extension", "target": "1001"},
        "closed_hours_action": {"type": "voicemail", "target": "front-desk"},
        "schedule": {
          "monday": {"enabled": true, "time_ranges": [
            {"start_time": "13:00", "end_time": "17:00"},
            {"start_time": "09:00", "end_time": "12:00"}]},
          "friday": {"enabled": true, "time_ranges": [
            {"start_time": "22:00", "end_time": "06:00"}]},
          "sunday": {"enabled": true, "time_ranges": [
            {"start_time": "00:00", "end_time": "24:00"}]}
        }
      }
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final RestTestClient client;
  private final String path;

  BusinessHoursApi(RestTestClient client, long organizationId) {
    this.client = client;
    this.path = "/api/v1/organizations/" + organizationId + "/business-hours";
  }

  /** An answer. */
  record Answer(HttpStatusCode status, HttpHeaders headers, JsonNode body) {

    long id() {
      return body.get("id").longValue();
    }

    String etag() {
      String tag = headers.getETag();
      return tag == null ? "" : tag;
    }
  }

  /** Parses {@link #BODY}. */
  static ObjectNode body() {
    return (ObjectNode) JSON.readTree(BODY);
  }

  Answer get(String rest, Object... variables) {
    return send(HttpMethod.GET, rest, null, null, variables);
  }

  Answer post(Object body) {
    return send(HttpMethod.POST, "", body, null);
  }

  Answer put(long id, Object body, @Nullable String ifMatch) {
    return send(HttpMethod.PUT, "/" + id, body, ifMatch);
  }

  Answer delete(long id, @Nullable String ifMatch) {
    return send(HttpMethod.DELETE, "/" + id, null, ifMatch);
  }

  private Answer send(
      HttpMethod method,
      String rest,
      @Nullable Object body,
      @Nullable String ifMatch,
      Object... variables) {
    RestTestClient.RequestBodySpec request =
        client
            .method(method)
            .uri(path + rest, variables)
            .headers(headers -> headers.setBearerAuth(TestTokens.ADMIN));
    if (ifMatch != null) {
      request.header(HttpHeaders.IF_MATCH, ifMatch);
    }
    if (body != null) {
      request.contentType(MediaType.APPLICATION_JSON).body(body.toString());
    }
    EntityExchangeResult<String> result =
        request.exchange().expectBody(String.class).returnResult();
    String text = result.getResponseBody();
    JsonNode tree = text == null ? JSON.nullNode() : JSON.readTree(text);
    return new Answer(result.getStatus(), result.getResponseHeaders(), tree);
  }
}
