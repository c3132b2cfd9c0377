package io.voicerouting.platform;

import io.voicerouting.web.ErrorFormat;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Writes errors outside of adapters in the platform's terms. */
@Component
final class PlatformErrors implements ErrorFormat {

  private static final int TOO_MANY = 429; // requests with a wrong token

  private final PlatformPaths paths;

  PlatformErrors(PlatformPaths paths) {
    this.paths = paths;
  }

  @Override
  public boolean write(HttpServletResponse response, int status, String path) throws IOException {
    PlatformPaths.Match match = paths.find(path);
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
      default ->
          status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
              ? adapter.unusable()
              : PlatformAnswer.empty(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    };
  }
}
