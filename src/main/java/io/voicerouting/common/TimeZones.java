package io.voicerouting.common;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names of IANA's time zones: those of tzdata's {@code zone.tab}, {@code zone1970.tab}, {@code
 * etcetera} and {@code backward}.
 */
public final class TimeZones {

  /** Names of {@code backward} that Java does not know, and their zones. */
  private static final Map<String, String> LINKS =
      Map.of(
          "EST", "America/Panama",
          "MST", "America/Phoenix",
          "HST", "Pacific/Honolulu",
          "ROC", "Asia/Taipei",
          "GMT+0", "Etc/GMT",
          "GMT-0", "Etc/GMT");

  private static final SortedSet<String> NAMES = findNames();

  private TimeZones() {}

  /** All names, sorted. */
  public static SortedSet<String> names() {
    return NAMES;
  }

  /**
   * Validates a name in a request.
   *
   * @param name null is valid
   * @return at most one error
   */
  public static List<FieldError> check(String field, @Nullable String name) {
    return name == null || NAMES.contains(name)
        ? List.of()
        : List.of(
            FieldError.unexpected(
                field, name, "IANA time zone such as Europe/Berlin, see /api/v1/time-zones"));
  }

  /**
   * Resolves a name that may have been stored by another application. Accepts every region that
   * Java knows, but no offsets such as {@code UTC+5}.
   *
   * @throws DateTimeException if there is no such zone
   */
  public static ZoneId resolve(String name) {
    String region = LINKS.getOrDefault(name, name);
    var unused = ZoneRulesProvider.getRules(region, false); // throws if it is no region
    return ZoneId.of(region);
  }

  /**
   * {@code java.util.TimeZone} reads Java's own data, where {@code java.time} also lists zones that
   * libraries have registered. It adds abbreviations, which are ambiguous.
   */
  private static SortedSet<String> findNames() {
    SortedSet<String> names = new TreeSet<>(List.of(TimeZone.getAvailableIDs()));
    names.removeAll(ZoneId.SHORT_IDS.keySet());
    names.removeIf(name -> name.startsWith("SystemV/"));
    names.addAll(LINKS.keySet());
    return Collections.unmodifiableSortedSet(names);
  }
}
