package io.voicerouting.common;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user part of the URIs that platforms send for callers and dialled numbers. */
public final class UriUser {

  /** The user may have parameters of its own, and a {@code client:} URI has no host. */
  private static final Pattern URI =
      Pattern.compile("(?i)(?:sips?:([^@:;]+)[^@]*@.*|(?:client|tel):([^@;]+).*)", Pattern.DOTALL);

  private UriUser() {}

  /**
   * Returns the user part of a {@code sip:}, {@code sips:}, {@code client:} or {@code tel:} URI;
   * any other text as it is.
   */
  public static String of(String text) {
    if (text.indexOf(':') < 0) {
      return text;
    }
    Matcher uri = URI.matcher(text);
    if (!uri.matches()) {
      return text;
    }
    String user = uri.group(1) == null ? uri.group(2) : uri.group(1);
    return user.replace("%2B", "+").replace("%2b", "+").replace("%23", "#");
  }
}
