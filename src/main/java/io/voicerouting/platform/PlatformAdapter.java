package io.voicerouting.platform;

/** One platform: reads its requests and renders decisions and errors in its format. */
interface PlatformAdapter {

  /** Name in URLs and settings, lower case. */
  String name();

  /** Describes the platform for the API document. */
  PlatformDescription describe();

  /** Whether the adapter answers requests below its path, such as {@code /single}. */
  default boolean hasPath(String subPath) {
    return subPath.isEmpty();
  }

  /** Reads a call, without looking anything up. */
  PlatformReading read(PlatformRequest request);

  /**
   * The answer to a request that cannot be used: an unknown path or method, an unreadable body, no
   * dialled number. The platform handles the call by its own means, or rejects it.
   */
  PlatformAnswer unusable();

  /** Whether rendering a decision needs the SIP domain of the call. */
  default boolean usesDomain() {
    return false;
  }
}
