package io.voicerouting;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.core.NestedExceptionUtils;

/** Reports in two lines that an SSL bundle does not exist or that its files cannot be read. */
class SslBundleFailureAnalyzer implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOfBundle(cause)) {
        return new FailureAnalysis(
            "TLS cannot be used: " + messages(cause),
            "Correct the name of the SSL bundle, or the files that spring.ssl.bundle names for it.",
            failure);
      }
    }
    return null;
  }

  /** Boot has no exception of its own for files that cannot be read. */
  private static boolean isOfBundle(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof NoSuchSslBundleException
        || (failure instanceof IllegalStateException
            && message != null
            && Stream.of(
                    "Unable to register SSL bundle",
                    "Unable to create key store",
                    "Unable to create trust store")
                .anyMatch(message::startsWith));
  }

  /** Returns the message of a failure, and that of its deepest cause if the two differ. */
  private static String messages(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String reason = String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
    return message.contains(reason) ? message : message + ": " + reason;
  }
}
