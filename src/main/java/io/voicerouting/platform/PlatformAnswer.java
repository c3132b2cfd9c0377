package io.voicerouting.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the format of a platform.
 *
 * @param contentType null if there is no body
 * @param body empty if there is none
 */
record PlatformAnswer(int status, @Nullable String contentType, String body) {

  /** An answer to a call. */
  static PlatformAnswer ok(String contentType, String body) {
    return new PlatformAnswer(HttpServletResponse.SC_OK, contentType, body);
  }

  /**
   * An answer whose status is all that the platform reads. It has no body, because some platforms
   * read any body as the answer to the call.
   */
  static PlatformAnswer empty(int status) {
    return new PlatformAnswer(status, null, "");
  }

  /** Writes the answer. */
  void write(HttpServletResponse response) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    if (contentType != null) {
      response.setContentType(contentType);
    }
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
