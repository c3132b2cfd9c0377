package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionOutcome;
import io.voicerouting.routing.DecisionReason;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.RejectCause;
import io.voicerouting.routing.RoutingAction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Requests, decisions and settings for tests of adapters without a server. */
final class Questions {

  static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");

  private Questions() {}

  /** A request within organization 42. */
  static PlatformRequest request(String subPath, @Nullable String query, String body) {
    return request(42L, subPath, query, body);
  }

  /** A request. */
  static PlatformRequest request(
      @Nullable Long organizationId, String subPath, @Nullable String query, String body) {
    return new PlatformRequest(
        organizationId,
        subPath,
        query,
        new MockHttpServletRequest(),
        body.getBytes(StandardCharsets.UTF_8),
        NOW);
  }

  /** The call that an adapter reads from a request. */
  static DecisionRequest call(PlatformAdapter adapter, PlatformRequest request) {
    PlatformReading reading = adapter.read(request);
    assertThat(reading).isInstanceOf(PlatformReading.Call.class);
    return ((PlatformReading.Call) reading).request();
  }

  /** What an adapter answers to a request about which this is decided. */
  static PlatformAnswer answer(
      PlatformAdapter adapter, PlatformRequest request, RoutingAction action) {
    return switch (adapter.read(request)) {
      case PlatformReading.Call call ->
          PlatformCalls.render(call.renderer(), decision(action), "acme.example");
      case PlatformReading.Answered answered -> answered.answer();
      case PlatformReading.Unusable unusable -> adapter.unusable();
    };
  }

  /** A decision with this action. */
  static Decision decision(RoutingAction action) {
    boolean rejected = action instanceof RoutingAction.Reject;
    return new Decision(
        42L,
        "1001",
        "+15550100",
        CallDirection.INTERNAL,
        rejected ? DecisionOutcome.REJECT : DecisionOutcome.ROUTE,
        action,
        rejected ? DecisionReason.EXTENSION_NOT_FOUND : DecisionReason.EXTENSION_ACTIVE,
        List.of(),
        null,
        NOW,
        null,
        false);
  }

  /** An action, from a short text such as {@code extension 1001 30 > voicemail 1001}. */
  static RoutingAction action(String text) {
    String[] steps = text.split(" > ", -1);
    RoutingAction first = single(steps[0]);
    return steps.length == 1 ? first : ((RoutingAction.Dial) first).followedBy(single(steps[1]));
  }

  private static RoutingAction single(String text) {
    String[] words = text.split(" ", 2);
    String value = words[1];
    return switch (words[0]) {
      case "extension" -> new RoutingAction.DialExtension(value, 30);
      case "number" -> new RoutingAction.DialNumber(value);
      case "uri" -> new RoutingAction.DialSip(value);
      case "conference" -> new RoutingAction.JoinConference(value);
      case "group" -> new RoutingAction.RingGroup(value);
      case "menu" -> new RoutingAction.IvrMenu(value);
      case "assistant" -> new RoutingAction.AiAssistant("acme", value);
      case "voicemail" -> new RoutingAction.Voicemail(value);
      case "reject" -> new RoutingAction.Reject(RejectCause.valueOf(value));
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** Settings as they are bound at start. */
  static <T> T settings(String prefix, Class<T> type, Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
  }

  /** A golden document, without the end of its last line. */
  static String golden(String file) {
    try (InputStream document = Questions.class.getResourceAsStream("/platform/" + file)) {
      String text =
          new String(Objects.requireNonNull(document, file).readAllBytes(), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
