package io.voicerouting.cache;

/** Reads {@code INFO commandstats}. */
final class CommandStatistics {

  private CommandStatistics() {}

  /** How often Redis has run a command since it was started, or its statistics were reset. */
  static long calls(String info, String command) {
    String start = "cmdstat_" + command + ":calls=";
    int from = info.indexOf(start);
    if (from < 0) {
      return 0;
    }
    from += start.length();
    return Long.parseLong(info.substring(from, info.indexOf(',', from)));
  }
}
