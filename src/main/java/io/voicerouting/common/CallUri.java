package io.voicerouting.common;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of the URIs that platforms send for callers and dialled numbers. */
public final class CallUri {

  /** The user may have parameters of its own, and a {@code client:} URI has no host. */
  private static final Pattern URI =
      Pattern.compile("(?i)(?:sips?:([^@:;]+)[^@]*@.*|(?:client|tel):([^@;]+).*)", Pattern.DOTALL);

  /** A host name after the user part, if there is one. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)sips?:(?:[^@]*@)?([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)\\.?(?:[:;?].*)?",
          Pattern.DOTALL);

  private CallUri() {}

  /**
   * Returns the user part of a {@code sip:}, {@code sips:}, {@code client:} or {@code tel:} URI;
   * any other text as it is.
   */
  public static String user(String text) {
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

  /**
   * Returns the host name of a {@code sip:} or {@code sips:} URI, in lower case; null for any other
   * text, and for an IPv6 address.
   */
  public static @Nullable String host(String text) {
    if (text.indexOf(':') < 0) {
      return null;
    }
    Matcher uri = HOST.matcher(text);
    return uri.matches() ? uri.group(1).toLowerCase(Locale.ROOT) : null;
  }
}
