package io.voicerouting.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers to jambonz: lists with one verb. */
final class JambonzVerbs {

  private final JsonMapper mapper;

  JambonzVerbs(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Dials.
   *
   * @param target a SIP URI, a phone number with its plus sign, or a registered user
   * @param timeoutSeconds null for jambonz' own
   * @param actionHook where jambonz requests the next action; null if nothing follows
   */
  PlatformAnswer dial(
      String target, @Nullable Integer timeoutSeconds, @Nullable String actionHook) {
    Map<String, Object> verb = verb("dial", "target", List.of(target(target)));
    if (timeoutSeconds != null) {
      verb.put("timeout", timeoutSeconds);
    }
    verb.put("answerOnBridge", true);
    if (actionHook != null) {
      verb.put("actionHook", actionHook);
    }
    return answer(verb);
  }

  private static Map<String, Object> target(String text) {
    if (text.regionMatches(true, 0, "sip:", 0, 4) || text.regionMatches(true, 0, "sips:", 0, 5)) {
      return target("sip", "sipUri", text);
    }
    return text.startsWith("+") ? target("phone", "number", text) : target("user", "name", text);
  }

  private static Map<String, Object> target(String type, String member, String text) {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("type", type);
    target.put(member, text);
    return target;
  }

  PlatformAnswer conference(String name) {
    return answer(verb("conference", "name", name));
  }

  PlatformAnswer enqueue(String name) {
    return answer(verb("enqueue", "name", name));
  }

  /** Redirects to another hook. */
  PlatformAnswer redirect(String actionHook) {
    return answer(verb("redirect", "actionHook", actionHook));
  }

  /** Rejects a call that was not answered. */
  PlatformAnswer decline(SipStatus status) {
    Map<String, Object> verb = verb("sip:decline", "status", status.code());
    verb.put("reason", status.phrase());
    return answer(verb);
  }

  /** Ends an answered call; an empty list is no answer. */
  PlatformAnswer hangUp() {
    return answer(Map.of("verb", "hangup"));
  }

  private static Map<String, Object> verb(String name, String member, Object value) {
    Map<String, Object> verb = new LinkedHashMap<>();
    verb.put("verb", name);
    verb.put(member, value);
    return verb;
  }

  private PlatformAnswer answer(Map<String, Object> verb) {
    return PlatformAnswer.ok(
        MediaType.APPLICATION_JSON_VALUE, mapper.writeValueAsString(List.of(verb)));
  }
}
