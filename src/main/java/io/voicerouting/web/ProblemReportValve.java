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
 * and those of the actuator.
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
    try {
      problems.write(
          response, Problems.of(HttpStatusCode.valueOf(status)), request.getRequestURI());
      response.finishResponse();
    } catch (IOException e) {
      LOG.debug("The client disconnected before the error was written", e);
    }
  }
}
