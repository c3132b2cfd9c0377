package io.voicerouting.extension;

/** How long a user's phone rings, in seconds. */
public final class RingingTime {

  /** Used if the configuration holds no valid value. */
  public static final int DEFAULT_SECONDS = 30;

  static final int SHORTEST_SECONDS = 5;
  static final int LONGEST_SECONDS = 300;

  private RingingTime() {}

  /** Whether a configuration may hold this value. */
  public static boolean isValid(int seconds) {
    return seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS;
  }
}
