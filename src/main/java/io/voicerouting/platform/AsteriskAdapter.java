package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.RejectCause;
import io.voicerouting.routing.RoutingAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Asterisk: res_config_curl requests one priority of a realtime dialplan, or a dialplan sends a
 * request by {@code CURL()}. Asterisk reads any body as an answer, whatever the status. Only an
 * empty body is no answer.
 */
@Component
final class AsteriskAdapter implements PlatformAdapter {

  private static final String SINGLE = "single";
  private static final String REQUIRE = "require";

  /** What res_config_curl appends to the URL; all but {@code single} is about other tables. */
  private static final Set<String> REALTIME =
      Set.of(SINGLE, REQUIRE, "multi", "update", "store", "destroy", "static");

  private static final PlatformAnswer EMPTY = PlatformAnswer.ok(MediaType.TEXT_PLAIN_VALUE, "");

  /** The table has all columns that Asterisk requires. */
  private static final PlatformAnswer COLUMNS_EXIST =
      PlatformAnswer.ok(MediaType.TEXT_PLAIN_VALUE, "0");

  /**
   * A request without the field {@code exten} but with {@code exten LIKE} looks for patterns; there
   * are none.
   */
  private static final FormFields SINGLE_FIELDS = new FormFields("exten", "priority");

  private static final FormFields FIELDS = new FormFields("to", "from", "priority");

  private static final InsertedValues RULES =
      new InsertedValues(";=?%[]", UnaryOperator.identity());

  private final ActionTemplates templates;

  AsteriskAdapter(AsteriskProperties settings) {
    templates = new ActionTemplates(AsteriskProperties.PREFIX, settings, RULES);
  }

  @Override
  public String name() {
    return "asterisk";
  }

  @Override
  public PlatformDescription describe() {
    String row = "app=Dial&appdata=PJSIP%2F1001%2C30";
    PlatformDescription.Field priority =
        new PlatformDescription.Field(
            "priority", "1: the decision; 2: what follows a missed call", "1");
    List<PlatformDescription.Path> subPaths = new ArrayList<>();
    subPaths.add(
        new PlatformDescription.Path(
            SINGLE,
            "Decide for the realtime dialplan",
            "For res_config_curl. Empty for other priorities and for patterns.",
            List.of(new PlatformDescription.Field("exten", "Dialled number", "1001"), priority),
            row));
    subPaths.add(
        new PlatformDescription.Path(
            REQUIRE,
            "Confirm the columns of the realtime dialplan",
            "For res_config_curl: all columns exist.",
            List.of(),
            COLUMNS_EXIST.body()));
    REALTIME.stream()
        .filter(name -> !name.equals(SINGLE) && !name.equals(REQUIRE))
        .sorted()
        .map(
            name ->
                new PlatformDescription.Path(
                    name,
                    "Answer " + name + " of the realtime dialplan",
                    "For res_config_curl, about tables that are not here: always empty.",
                    List.of(),
                    ""))
        .forEach(subPaths::add);
    return new PlatformDescription(
        List.of(PlatformDescription.FORM),
        MediaType.TEXT_PLAIN_VALUE,
        new PlatformDescription.Path(
            "",
            "Decide for Asterisk",
            "For `CURL()` in a dialplan.",
            List.of(
                new PlatformDescription.Field("to", "Dialled number", "1001"),
                new PlatformDescription.Field("from", "The caller, in any form", "+15550100"),
                priority),
            row),
        subPaths);
  }

  @Override
  public boolean hasPath(String subPath) {
    return subPath.isEmpty() || REALTIME.contains(subPath);
  }

  @Override
  public boolean usesDomain() {
    return templates.useDomain();
  }

  @Override
  public PlatformAnswer unusable() {
    return EMPTY;
  }

  @Override
  public PlatformReading read(PlatformRequest request) {
    PlatformRequest moved = moveSubPath(request);
    return switch (moved.subPath()) {
      case "" -> {
        FieldValues fields = moved.find(FIELDS);
        yield read(moved, fields, fields.get("to"), fields.get("from"));
      }
      case SINGLE -> {
        FieldValues fields = moved.find(SINGLE_FIELDS);
        yield read(moved, fields, fields.get("exten"), null);
      }
      case REQUIRE -> new PlatformReading.Answered(COLUMNS_EXIST);
      default -> new PlatformReading.Unusable();
    };
  }

  /**
   * Moves what res_config_curl appended to the URL from the query, where it is if the URL has one,
   * to the path.
   */
  private static PlatformRequest moveSubPath(PlatformRequest request) {
    String query = request.query();
    int slash = query == null ? -1 : query.lastIndexOf('/');
    if (query == null || slash < 0 || !request.subPath().isEmpty()) {
      return request;
    }
    String subPath = query.substring(slash + 1).replaceFirst("\\?.*", "");
    return REALTIME.contains(subPath)
        ? request.withPath(subPath, query.substring(0, slash))
        : request;
  }

  private PlatformReading read(
      PlatformRequest request,
      FieldValues fields,
      @Nullable String dialled,
      @Nullable String from) {
    String priority = fields.get("priority");
    return switch (priority == null ? "1" : priority) {
      case "1" -> PlatformReading.of(request.toCall(dialled, from, null), this::renderDecision);
      case "2" -> PlatformReading.of(request.toCall(dialled, from, null), this::renderMissedCall);
      default -> new PlatformReading.Unusable();
    };
  }

  private @Nullable PlatformAnswer renderDecision(Decision decision, @Nullable String domain) {
    return decision.action() instanceof RoutingAction.Reject reject
        ? hangUp(reject.cause())
        : render(decision.action(), templates.texts(decision, domain));
  }

  /** Renders the action that follows a missed call; an empty answer if there is none. */
  private PlatformAnswer renderMissedCall(Decision decision, @Nullable String domain) {
    RoutingAction then = decision.action().then();
    PlatformAnswer answer = then == null ? EMPTY : render(then, templates.texts(decision, domain));
    return answer == null ? hangUp(RejectCause.UNAVAILABLE) : answer;
  }

  private static @Nullable PlatformAnswer render(
      RoutingAction action, ActionTemplates.Texts texts) {
    String data = texts.of(action);
    return data == null ? null : AsteriskApplication.of(action).row(data);
  }

  private static PlatformAnswer hangUp(RejectCause cause) {
    return AsteriskApplication.hangUp(cause == RejectCause.NOT_FOUND ? 1 : 20);
  }
}
