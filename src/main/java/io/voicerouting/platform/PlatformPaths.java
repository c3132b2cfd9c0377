package io.voicerouting.platform;

import io.voicerouting.common.PositiveId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Maps paths to adapters: everything at and below an adapter's path is answered in its format. */
@Component
final class PlatformPaths {

  private static final String API = "/api/v1/";
  private static final String ORGANIZATIONS = "organizations/";
  private static final String ROUTING = "routing/";

  private final Map<String, Known> adapters;

  PlatformPaths(List<PlatformAdapter> adapters) {
    this.adapters =
        adapters.stream().map(Known::new).collect(Collectors.toMap(Known::name, known -> known));
  }

  /**
   * An adapter, and the patterns of its path without a sub-path, which most requests have.
   *
   * @param within the pattern with an organization
   * @param without the pattern without one
   */
  private record Known(PlatformAdapter adapter, String within, String without) {

    Known(PlatformAdapter adapter) {
      this(
          adapter,
          API + ORGANIZATIONS + "{org}/" + ROUTING + adapter.name(),
          API + ROUTING + adapter.name());
    }

    String name() {
      return adapter.name();
    }
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
   * Finds the adapter of a path. A regular expression would take longer than a lookup.
   *
   * @param path as it was sent
   * @return null if the path belongs to no adapter
   */
  @Nullable Match find(String path) {
    if (!path.startsWith(API)) {
      return null;
    }
    String org = null;
    int routing = API.length();
    if (path.startsWith(ORGANIZATIONS, routing)) {
      int start = routing + ORGANIZATIONS.length();
      int end = path.indexOf('/', start);
      if (end < 0) {
        return null;
      }
      org = path.substring(start, end);
      routing = end + 1;
    }
    if (!path.startsWith(ROUTING, routing)) {
      return null;
    }
    int name = routing + ROUTING.length();
    int end = endOfName(path, name);
    Known known = adapters.get(path.substring(name, end));
    return known == null ? null : match(known, org, path.substring(end));
  }

  private static int endOfName(String path, int start) {
    int end = start;
    while (end < path.length() && "/;%".indexOf(path.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static Match match(Known known, @Nullable String org, String rest) {
    Long id = org == null ? null : id(org);
    String subPath = withoutSlashes(rest);
    boolean answered = (org == null || id != null) && known.adapter().hasPath(subPath);
    String pattern = org == null ? known.without() : known.within();
    return new Match(
        known.adapter(),
        id,
        subPath,
        subPath.isEmpty() || !answered ? pattern : pattern + '/' + subPath,
        answered);
  }

  /** Removes one slash at the start and one at the end. */
  private static String withoutSlashes(String rest) {
    int start = rest.startsWith("/") ? 1 : 0;
    int end = rest.length() > start && rest.endsWith("/") ? rest.length() - 1 : rest.length();
    return rest.substring(start, end);
  }

  private static @Nullable Long id(String text) {
    try {
      return PositiveId.of(text).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
