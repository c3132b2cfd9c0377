package io.voicerouting.platform;

import io.voicerouting.web.ErrorFormat;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Writes errors outside of adapters in the platform's terms. */
@Component
final class PlatformErrors implements ErrorFormat {

  private static final int TOO_MANY = 429; // requests with a wrong token

  /** Paths that Tomcat and the firewall refuse may have these; adapters are found without them. */
  private static final Pattern REPEATED_SLASHES = Pattern.compile("//+");

  private final PlatformPaths paths;

  PlatformErrors(PlatformPaths paths) {
    this.paths = paths;
  }

  @Override
  public boolean write(HttpServletResponse response, int status, String path) throws IOException {
    PlatformPaths.Match match = paths.find(REPEATED_SLASHES.matcher(path).replaceAll("/"));
    if (match == null) {
      return false;
    }
    answer(match.adapter(), status).write(response);
    return true;
  }

  private static PlatformAnswer answer(PlatformAdapter adapter, int status) {
    return switch (status) {
      case HttpServletResponse.SC_UNAUTHORIZED, HttpServletResponse.SC_FORBIDDEN, TOO_MANY ->
          PlatformAnswer.empty(status);
      // Tomcat does not support the method, the transfer coding or the version of HTTP.
      case HttpServletResponse.SC_NOT_IMPLEMENTED,
          HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
          adapter.unusable();
      default ->
          status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
              ? adapter.unusable()
              : PlatformAnswer.empty(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    };
  }
}
