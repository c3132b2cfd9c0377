package io.voicerouting.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports what is wrong with the configured tokens, without showing them. */
class InvalidTokensFailureAnalyzer extends AbstractFailureAnalyzer<InvalidTokensException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidTokensException failure) {
    return new FailureAnalysis(
        "The configured tokens or keys do not protect the service:"
            + System.lineSeparator()
            + failure.getMessage(),
        "Set ROUTING_PLATFORM_TOKEN, ROUTING_ADMIN_TOKEN and ROUTING_OPS_TOKEN to different"
            + " secrets, for example from `openssl rand -hex 32`; each may list two, separated by"
            + " a comma. Keys come from `openssl rand -base64 32`.",
        failure);
  }
}
