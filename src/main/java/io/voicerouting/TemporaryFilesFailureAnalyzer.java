package io.voicerouting;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.NestedExceptionUtils;

/** Reports in two lines that Tomcat has no directory for temporary files. */
class TemporaryFilesFailureAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, WebServerException failure) {
    // Boot has no exception of its own for this.
    if (!String.valueOf(failure.getMessage()).startsWith("Unable to create tempDir")) {
      return null;
    }
    return new FailureAnalysis(
        "Temporary files cannot be written: "
            + NestedExceptionUtils.getMostSpecificCause(failure).getMessage(),
        "Mount a writable directory at /tmp, such as `docker run --tmpfs /tmp`.",
        failure);
  }
}
