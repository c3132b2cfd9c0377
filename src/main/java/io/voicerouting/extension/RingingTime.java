package io.voicerouting.extension;

/** How long a user's phone rings, in seconds. */
public final class RingingTime {

  /** When the configuration does not say so sensibly. */
  public static final int DEFAULT_SECONDS = 30;

  static final int SHORTEST_SECONDS = 5;
  static final int LONGEST_SECONDS = 300;

  private RingingTime() {}

  /** Whether a configuration may ask for it. */
  public static boolean isValid(int seconds) {
    return seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS;
  }
}
