package io.voicerouting.platform;

import io.voicerouting.routing.DecisionRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How platforms ask what follows a call that was missed: at a URL that they are given with the
 * action to dial, and that has the question of the decision. Its instant is the same, so that hours
 * which change while a phone rings do not matter. What comes behind the action to dial in an answer
 * would also be done when the called party hangs up.
 */
final class MissedCall {

  /** The path below the adapter's. */
  static final String PATH = "after";

  /** A URL that an application writes may have these, too: they precede what the platform sends. */
  static final FormFields URL_FIELDS = new FormFields("to", "from", "domain");

  private static final Set<String> ANSWERED = Set.of("completed", "answered");

  private MissedCall() {}

  /**
   * Returns the path and query to ask at.
   *
   * @param path the adapter's
   */
  static String url(String path, DecisionRequest call) {
    StringBuilder url = new StringBuilder(path).append('/').append(PATH).append('?');
    add(url, "to", call.to());
    add(url, "from", call.from());
    add(url, "domain", call.organizationId() == null ? call.sipDomain() : null);
    add(url, "direction", call.direction().code());
    add(url, "at", call.at().toString());
    return url.substring(0, url.length() - 1);
  }

  private static void add(StringBuilder url, String name, @Nullable String value) {
    if (value != null) {
      url.append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
          .append('&');
    }
  }

  /** Whether a call with this status was answered, so that nothing follows. */
  static boolean wasAnswered(String status) {
    return ANSWERED.contains(status);
  }
}
