package io.voicerouting.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem document from where no controller is: filters, security, error pages. */
@Component
public class ProblemWriter {

  private final JsonMapper mapper;

  ProblemWriter(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** Writes the problem that belongs to the status, unless an answer is already on its way. */
  public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status)
      throws IOException {
    write(response, Problems.of(status), request.getRequestURI());
  }

  /**
   * Writes a problem, unless an answer is already on its way.
   *
   * @param slug stable name of the problem
   * @param detail one sentence for people
   */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      String slug,
      String detail)
      throws IOException {
    write(response, Problems.of(status, slug, detail), request.getRequestURI());
  }

  void write(HttpServletResponse response, ProblemDetail problem, @Nullable String path)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = bytes(problem, path);
    response.setStatus(problem.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The document; {@code instance} stays away when the path is no URI. */
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
