package io.voicerouting.platform;

import io.voicerouting.common.PositiveId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Maps paths to adapters: everything at and below an adapter's path is answered in its format. */
@Component
final class PlatformPaths {

  private final Map<String, PlatformAdapter> adapters;
  private final Pattern pattern;

  PlatformPaths(List<PlatformAdapter> adapters) {
    this.adapters =
        adapters.stream().collect(Collectors.toMap(PlatformAdapter::name, Function.identity()));
    this.pattern =
        Pattern.compile(
            "/api/v1/(?:organizations/(?<org>[^/]*)/)?routing/(?<adapter>"
                + String.join("|", this.adapters.keySet())
                + ")(?<rest>[^a-zA-Z0-9].*)?",
            Pattern.DOTALL);
  }

  /**
   * A path of an adapter.
   *
   * @param organizationId null if there is none in the path
   * @param subPath without a slash at its start or end
   * @param pattern for metrics
   * @param known whether the adapter answers there
   */
  record Match(
      PlatformAdapter adapter,
      @Nullable Long organizationId,
      String subPath,
      String pattern,
      boolean known) {}

  /**
   * Finds the adapter of a path.
   *
   * @param path as it was sent
   * @return null if the path belongs to no adapter
   */
  @Nullable Match find(String path) {
    if (!path.contains("/routing/")) {
      return null;
    }
    Matcher matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    PlatformAdapter adapter = Objects.requireNonNull(adapters.get(matcher.group("adapter")));
    String org = matcher.group("org");
    Long id = org == null ? null : id(org);
    String rest = matcher.group("rest");
    String subPath = rest == null ? "" : rest.replaceAll("^/|/$", "");
    boolean known = (org == null || id != null) && adapter.hasPath(subPath);
    String base = org == null ? "/api/v1" : "/api/v1/organizations/{org}";
    String below = subPath.isEmpty() || !known ? "" : "/" + subPath;
    return new Match(adapter, id, subPath, base + "/routing/" + adapter.name() + below, known);
  }

  private static @Nullable Long id(String text) {
    try {
      return PositiveId.of(text).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
