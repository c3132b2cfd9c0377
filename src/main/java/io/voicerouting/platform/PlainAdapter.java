package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.RoutingAction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Scripts of SIP proxies: {@code route|<uri>|<seconds>}, where 0 seconds leave the limit to the
 * proxy, or {@code reject|<SIP status>|<phrase>}. It is one line, because a script gets only the
 * first, and has no line end, because that would end up in the SIP status line. What follows a
 * missed call has no place in it.
 */
@Component
final class PlainAdapter implements PlatformAdapter {

  private static final PlatformAnswer UNUSABLE = reject(SipStatus.ADDRESS_INCOMPLETE);

  private final ActionTemplates templates;

  PlainAdapter(PlainProperties settings) {
    templates = new ActionTemplates(PlainProperties.PREFIX, settings, SipUris.RULES);
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public PlatformDescription describe() {
    return new PlatformDescription(
        List.of(PlatformDescription.FORM),
        MediaType.TEXT_PLAIN_VALUE,
        new PlatformDescription.Path(
            "",
            "Decide for scripts of SIP proxies",
            "`route|<uri>|<seconds>`, where 0 seconds mean no limit, or `reject|<status>|<phrase>`.",
            SipUris.DESCRIBED,
            line("route", "sip:1001@acme.example", 30).body()),
        List.of());
  }

  @Override
  public boolean usesDomain() {
    return templates.useDomain();
  }

  @Override
  public PlatformAnswer unusable() {
    return UNUSABLE;
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    return SipUris.read(request, this::render);
  }

  private @Nullable PlatformAnswer render(Decision decision, @Nullable String domain) {
    RoutingAction action = decision.action();
    if (action instanceof RoutingAction.Reject reject) {
      return reject(SipStatus.of(reject.cause()));
    }
    String uri = templates.texts(decision, domain).of(action);
    int seconds = action instanceof RoutingAction.DialExtension dial ? dial.timeoutSeconds() : 0;
    return uri == null ? null : line("route", uri, seconds);
  }

  private static PlatformAnswer reject(SipStatus status) {
    return line("reject", status.code(), status.phrase());
  }

  private static PlatformAnswer line(String outcome, Object first, Object second) {
    return PlatformAnswer.ok(MediaType.TEXT_PLAIN_VALUE, outcome + "|" + first + "|" + second);
  }
}
