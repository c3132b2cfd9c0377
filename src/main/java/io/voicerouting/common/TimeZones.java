package io.voicerouting.common;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The names of IANA's time zones: those of tzdata's {@code zone.tab}, {@code zone1970.tab}, {@code
 * etcetera} and {@code backward}.
 */
public final class TimeZones {

  /** Names of {@code backward} that Java lacks, and their zones. */
  private static final Map<String, String> LINKS =
      Map.of(
          "EST", "America/Panama",
          "MST", "America/Phoenix",
          "HST", "Pacific/Honolulu",
          "ROC", "Asia/Taipei",
          "GMT+0", "Etc/GMT",
          "GMT-0", "Etc/GMT");

  private static final SortedSet<String> NAMES = findNames();
  private static final AtomicInteger FILES = new AtomicInteger();

  private static volatile @Nullable Loaded loaded; // null: the rules of the JVM

  private TimeZones() {}

  /** Rules from a file, and the names that are valid with them. */
  private record Loaded(TzdbFile file, SortedSet<String> names) {}

  /**
   * Uses the rules of a file instead of those of the JVM, for the whole process. Zones that the
   * file lacks keep the JVM's rules.
   *
   * @param tzdb in the format of a JDK's {@code lib/tzdb.dat}
   * @throws IOException if the file cannot be read or has another format
   */
  public static void useRulesOf(Path tzdb) throws IOException {
    TzdbFile file = TzdbFile.read(tzdb, FILES.incrementAndGet());
    ZoneRulesProvider.registerProvider(file);
    SortedSet<String> names = new TreeSet<>(file.names());
    removeAmbiguous(names);
    names.addAll(NAMES);
    loaded = new Loaded(file, Collections.unmodifiableSortedSet(names));
  }

  /** Uses the rules of the JVM again. */
  public static void useRulesOfJvm() {
    loaded = null;
  }

  /** Returns the version of the rules in use, such as {@code 2026a}. */
  public static String version() {
    Loaded current = loaded;
    return current == null
        ? ZoneRulesProvider.getVersions("UTC").lastKey()
        : current.file.version();
  }

  /** All names, sorted. */
  public static SortedSet<String> names() {
    Loaded current = loaded;
    return current == null ? NAMES : current.names;
  }

  /**
   * Validates a name in a request.
   *
   * @param name null is valid
   * @return at most one error
   */
  public static List<FieldError> check(String field, @Nullable String name) {
    return name == null || names().contains(name)
        ? List.of()
        : List.of(
            FieldError.unexpected(
                field, name, "IANA time zone such as Europe/Berlin, see /api/v1/time-zones"));
  }

  /**
   * Resolves a name that may have been stored by another application, with the rules in use. The id
   * of the returned zone may differ from the name. Accepts every region that Java has, but no
   * offsets such as {@code UTC+5}.
   *
   * @throws DateTimeException if there is no such zone
   */
  public static ZoneId resolve(String name) {
    String region = LINKS.getOrDefault(name, name);
    Loaded current = loaded;
    if (current != null && current.file.names().contains(region)) {
      return ZoneId.of(current.file.registeredName(region));
    }
    var unused = ZoneRulesProvider.getRules(region, false); // throws if it is no region
    return ZoneId.of(region);
  }

  /**
   * {@code java.util.TimeZone} reads Java's own data, where {@code java.time} also lists zones that
   * libraries have registered. It adds abbreviations, which are ambiguous.
   */
  private static SortedSet<String> findNames() {
    SortedSet<String> names = new TreeSet<>(List.of(TimeZone.getAvailableIDs()));
    removeAmbiguous(names);
    names.addAll(LINKS.keySet());
    return Collections.unmodifiableSortedSet(names);
  }

  private static void removeAmbiguous(SortedSet<String> names) {
    names.removeAll(ZoneId.SHORT_IDS.keySet());
    names.removeIf(name -> name.startsWith("SystemV/"));
  }
}
