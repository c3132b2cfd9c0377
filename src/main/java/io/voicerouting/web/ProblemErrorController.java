package io.voicerouting.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers error dispatches of the container, for failures outside controllers. */
@Controller
@Hidden
final class ProblemErrorController implements ErrorController {

  private static final int NOT_FOUND = 404;

  private final ProblemWriter problems;

  ProblemErrorController(ProblemWriter problems) {
    this.problems = problems;
  }

  /** Answers an error dispatch. A direct request for this path is 404. */
  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean dispatched = request.getDispatcherType() == DispatcherType.ERROR;
    int status =
        dispatched && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer i
            ? i
            : NOT_FOUND;
    String path =
        dispatched && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String s
            ? s
            : request.getRequestURI();
    problems.write(response, Problems.of(HttpStatusCode.valueOf(status)), path);
  }
}
