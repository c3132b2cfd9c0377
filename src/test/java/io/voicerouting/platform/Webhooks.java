package io.voicerouting.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.testing.FixedClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Adapters whose requests may be signed, with settings of a test, and their requests. */
final class Webhooks {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, String> settings;
  private final SignatureProperties signature;

  Webhooks(Map<String, String> settings) {
    this.settings = settings;
    this.signature =
        Questions.settings(SignatureProperties.PREFIX, SignatureProperties.class, settings);
  }

  TwimlAdapter twiml() {
    return new TwimlAdapter(
        Questions.settings(TwimlProperties.PREFIX, TwimlProperties.class, settings),
        new Signatures(FixedClient.NONE, signature, meters),
        new PublicUrl(signature),
        MAPPER);
  }

  JambonzAdapter jambonz() {
    return new JambonzAdapter(
        Questions.settings(JambonzProperties.PREFIX, JambonzProperties.class, settings),
        new Signatures(FixedClient.NONE, signature, meters),
        new PublicUrl(signature),
        MAPPER);
  }

  /** A form or query within organization 42. */
  PlatformRequest request(String adapter, String subPath, @Nullable String query, String body) {
    return request(42L, adapter, subPath, query, body);
  }

  /** A form or query. */
  PlatformRequest request(
      @Nullable Long org, String adapter, String subPath, @Nullable String query, String body) {
    String path =
        "/api/v1"
            + (org == null ? "" : "/organizations/" + org)
            + "/routing/"
            + adapter
            + (subPath.isEmpty() ? "" : "/" + subPath);
    MockHttpServletRequest servlet = new MockHttpServletRequest("POST", path);
    servlet.setServerName("10.0.0.1");
    servlet.setServerPort(8080);
    return new PlatformRequest(
        org, subPath, query, servlet, body.getBytes(StandardCharsets.UTF_8), Questions.NOW);
  }

  /** JSON to an adapter's path. */
  PlatformRequest json(@Nullable Long org, String adapter, String body) {
    return json(org, adapter, "", null, body);
  }

  /** JSON. */
  PlatformRequest json(
      @Nullable Long org, String adapter, String subPath, @Nullable String query, String body) {
    PlatformRequest request = request(org, adapter, subPath, query, body);
    servlet(request).setContentType("application/json; charset=utf-8");
    return request;
  }

  /** Adds a header. */
  static void header(PlatformRequest request, String name, String value) {
    servlet(request).addHeader(name, value);
  }

  private static MockHttpServletRequest servlet(PlatformRequest request) {
    return (MockHttpServletRequest) request.servlet();
  }
}
