package io.voicerouting.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one message what is wrong with the tokens, never what they are. */
class InvalidTokensFailureAnalyzer extends AbstractFailureAnalyzer<InvalidTokensException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidTokensException failure) {
    return new FailureAnalysis(
        "The service would not be protected:" + System.lineSeparator() + failure.getMessage(),
        "Set ROUTING_PLATFORM_TOKEN, ROUTING_ADMIN_TOKEN and ROUTING_OPS_TOKEN to three different"
            + " secrets, for example from `openssl rand -hex 32`.",
        failure);
  }
}
