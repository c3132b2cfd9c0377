package io.voicerouting.common;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The host name, which identifies an instance of the service. */
public final class HostName {

  private static final String NAME = find();

  private HostName() {}

  /** Returns the host name; {@code unknown} if the host has none. */
  public static String get() {
    return NAME;
  }

  private static String find() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
