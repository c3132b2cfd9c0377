package io.voicerouting.holiday;

import io.voicerouting.common.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for the addresses of feeds, and for those that they redirect to. */
final class FeedUrls {

  private static final int LONGEST = 2000;
  private static final String EXPECTED =
      "https URL with a host, without user name, of at most " + LONGEST + " characters";

  private FeedUrls() {}

  /** Checks an address in a request. */
  static List<FieldError> check(String field, @Nullable String url) {
    if (url == null) {
      return List.of(new FieldError(field, "is required if source is ical"));
    }
    try {
      if (accepts(new URI(url))) {
        return List.of();
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    return List.of(FieldError.unexpected(field, url, EXPECTED));
  }

  /** Whether a feed may be read from an address, as far as is known without resolving it. */
  static boolean accepts(URI url) {
    return "https".equals(url.getScheme())
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.toString().length() <= LONGEST;
  }
}
