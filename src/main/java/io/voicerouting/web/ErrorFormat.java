package io.voicerouting.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes errors on the paths of clients that would misread a problem document. */
@FunctionalInterface
public interface ErrorFormat {

  /**
   * Writes an error outside controllers: of a filter, of security, or of the container.
   *
   * @param status what a problem document would have; another one may be written
   * @param path of the request, as it was sent
   * @return false if the path has problem documents; nothing is written then
   */
  boolean write(HttpServletResponse response, int status, String path) throws IOException;
}
