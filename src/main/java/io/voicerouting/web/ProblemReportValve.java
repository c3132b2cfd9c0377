package io.voicerouting.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * Adds a problem document to errors without a body: those that Tomcat answers before any filter,
 * and those of the actuator. A request whose first line cannot be read gets no body: it may be one
 * of a platform that would take any body for an answer (see {@link ErrorFormat}).
 */
final class ProblemReportValve extends ErrorReportValve {

  private static final Log LOG = LogFactory.getLog(ProblemReportValve.class);

  private final ProblemWriter problems;

  ProblemReportValve(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0) {
      return;
    }
    response.setErrorReported();
    String path = request.getRequestURI();
    try {
      if (path != null) {
        problems.write(response, Problems.of(HttpStatusCode.valueOf(status)), path);
      }
      response.finishResponse();
    } catch (IOException e) {
      LOG.debug("The client disconnected before the error was written", e);
    }
  }
}
