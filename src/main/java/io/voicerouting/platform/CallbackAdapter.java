package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.RoutingAction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A platform that sends a request after a missed call, to get the next action. Its URL is in the
 * answer that dials. The URL repeats the call and the instant of the decision, so that hours that
 * change while a phone rings do not matter. The answer that dials does not contain the next action,
 * because platforms would also perform it when the called party hangs up.
 */
abstract class CallbackAdapter implements PlatformAdapter {

  /** Parameters that a URL may have; they take precedence over what the platform sends. */
  static final FormFields URL_FIELDS = new FormFields("to", "from", "domain");

  /** Path below the adapter's. */
  static final String PATH = "after";

  private static final Set<String> ANSWERED = Set.of("completed", "answered");

  private final ActionTemplates templates;
  private final PublicUrl publicUrl;

  CallbackAdapter(ActionTemplates templates, PublicUrl publicUrl) {
    this.templates = templates;
    this.publicUrl = publicUrl;
  }

  @Override
  public final boolean hasPath(String subPath) {
    return subPath.isEmpty() || subPath.equals(PATH);
  }

  @Override
  public final boolean usesDomain() {
    return templates.useDomain();
  }

  /**
   * Reads a call, or the request for the action that follows it.
   *
   * @param call null if the platform did not describe one
   * @param status of the call that was dialled; null if the platform did not send it
   */
  final PlatformReading read(
      PlatformRequest request, @Nullable DecisionRequest call, @Nullable String status) {
    if (!request.subPath().equals(PATH)) {
      return PlatformReading.of(
          call, (decision, domain) -> render(decision, domain, request, call));
    }
    if (status != null && ANSWERED.contains(status)) {
      return new PlatformReading.Answered(hangUp());
    }
    return PlatformReading.of(status == null ? null : call, this::renderNext);
  }

  private @Nullable PlatformAnswer render(
      Decision decision,
      @Nullable String domain,
      PlatformRequest request,
      @Nullable DecisionRequest call) {
    String callback =
        decision.action().then() == null || call == null
            ? null
            : callback(publicUrl.path(request), call);
    return render(decision.action(), templates.texts(decision, domain), callback);
  }

  private PlatformAnswer renderNext(Decision decision, @Nullable String domain) {
    RoutingAction then = decision.action().then();
    PlatformAnswer answer =
        then == null ? null : render(then, templates.texts(decision, domain), null);
    return answer == null ? unavailable() : answer;
  }

  /**
   * Renders an action.
   *
   * @param callback URL to get the action that follows a missed call; null if nothing follows
   * @return null if a value must not be inserted; never for a rejection
   */
  abstract @Nullable PlatformAnswer render(
      RoutingAction action, ActionTemplates.Texts texts, @Nullable String callback);

  /** Ends a call that was answered. */
  abstract PlatformAnswer hangUp();

  /** Rejects a call that was missed and that nothing follows. */
  abstract PlatformAnswer unavailable();

  /**
   * Returns the path and query of the request for the next action.
   *
   * @param path of the adapter
   */
  static String callback(String path, DecisionRequest call) {
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
      String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
      url.append(name).append('=').append(encoded).append('&');
    }
  }
}
