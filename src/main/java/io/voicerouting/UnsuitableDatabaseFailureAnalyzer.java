package io.voicerouting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports in two lines why the database cannot be used. */
class UnsuitableDatabaseFailureAnalyzer
    extends AbstractFailureAnalyzer<UnsuitableDatabaseException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnsuitableDatabaseException failure) {
    return new FailureAnalysis(failure.getMessage(), failure.action(), failure);
  }
}
