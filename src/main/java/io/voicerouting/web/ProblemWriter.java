package io.voicerouting.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem documents outside controllers: in filters, security and error pages. */
@Component
public class ProblemWriter {

  private final JsonMapper mapper;
  private final List<ErrorFormat> formats;

  ProblemWriter(JsonMapper mapper, List<ErrorFormat> formats) {
    this.mapper = mapper;
    this.formats = List.copyOf(formats);
  }

  /** Writes the problem of a status. Does nothing if the response is committed. */
  public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status)
      throws IOException {
    write(response, Problems.of(status), request.getRequestURI());
  }

  /**
   * Writes a problem. Does nothing if the response is committed.
   *
   * @param type stable name of the problem
   * @param detail one sentence for the caller
   */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      String type,
      String detail)
      throws IOException {
    write(response, Problems.of(status, type, detail), request.getRequestURI());
  }

  void write(HttpServletResponse response, ProblemDetail problem, @Nullable String path)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    for (ErrorFormat format : formats) {
      if (path != null && format.write(response, problem.getStatus(), path)) {
        return;
      }
    }
    byte[] body = bytes(problem, path);
    response.setStatus(problem.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Serializes a problem, without {@code instance} if the path is not a valid URI. */
  private byte[] bytes(ProblemDetail problem, @Nullable String path) {
    if (path != null) {
      try {
        problem.setInstance(new URI(path));
      } catch (URISyntaxException e) {
        problem.setInstance(null);
      }
    }
    return mapper.writeValueAsBytes(problem);
  }
}
