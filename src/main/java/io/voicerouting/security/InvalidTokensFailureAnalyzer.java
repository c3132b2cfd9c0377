package io.voicerouting.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports what is wrong with the configured tokens, without showing them. */
class InvalidTokensFailureAnalyzer extends AbstractFailureAnalyzer<InvalidTokensException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidTokensException failure) {
    return new FailureAnalysis(
        "The configured tokens do not protect the service:"
            + System.lineSeparator()
            + failure.getMessage(),
        "Set ROUTING_PLATFORM_TOKEN, ROUTING_ADMIN_TOKEN and ROUTING_OPS_TOKEN to three different"
            + " secrets, for example from `openssl rand -hex 32`.",
        failure);
  }
}
