package io.voicerouting.platform;

import io.voicerouting.common.FieldError;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The URLs that platforms have requested, which a proxy may have changed. */
@Component
final class PublicUrl {

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/:]+)(:[0-9]+)?(.*)");

  /** Without a slash at its end; null if requests arrive at the URL that platforms use. */
  private final @Nullable String base;

  /**
   * Validates the setting.
   *
   * @throws IllegalArgumentException if it is no URL to which a path can be added
   */
  PublicUrl(SignatureProperties settings) {
    String url = settings.publicUrl();
    if (!url.isEmpty() && (!ORIGIN.matcher(url).matches() || url.matches(".*[?#@\\s].*"))) {
      throw new IllegalArgumentException(
          SignatureProperties.PREFIX
              + ".public-url: "
              + FieldError.describe(url, "http or https URL of a host, perhaps with a path"));
    }
    base = url.isEmpty() ? null : url.replaceFirst("/+$", "");
  }

  /**
   * Returns the URLs that a platform may have signed: with and without the port, because platforms
   * leave out ports in some requests and not in others.
   */
  List<String> signed(PlatformRequest request) {
    String url =
        base == null
            ? request.servlet().getRequestURL().toString()
            : base + request.servlet().getRequestURI();
    String query = request.query();
    String whole = query == null ? url : url + '?' + query;
    Matcher origin = ORIGIN.matcher(whole);
    if (!origin.matches()) {
      return List.of(whole);
    }
    String start = origin.group(1) + "://" + origin.group(2);
    String port = origin.group(1).equals("https") ? ":443" : ":80";
    return List.of(
        start + origin.group(4),
        start + (origin.group(3) == null ? port : origin.group(3)) + origin.group(4));
  }

  /** Returns the path of a request, without a slash at its end. */
  String path(PlatformRequest request) {
    String prefix = base == null ? "" : URI.create(base).getRawPath();
    return prefix + request.servlet().getRequestURI().replaceFirst("/+$", "");
  }
}
