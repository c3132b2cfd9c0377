package io.voicerouting.security;

import io.voicerouting.common.ApiClient;
import io.voicerouting.common.CurrentClient;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The client that {@link TokenFilter} has authenticated on this thread. */
@Component
class SecurityContextClient implements CurrentClient {

  private final SecretCipher cipher;

  SecurityContextClient(SecretCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public @Nullable ApiClient find() {
    ClientAuthentication current = authentication();
    return current == null ? null : current.client();
  }

  @Override
  public @Nullable String requestId() {
    ClientAuthentication current = authentication();
    return current == null ? null : current.requestId();
  }

  @Override
  public @Nullable String signatureSecret() {
    ClientAuthentication current = authentication();
    String encrypted = current == null ? null : current.encryptedSecret();
    return encrypted == null ? null : cipher.decrypt(encrypted);
  }

  /** The client of the request; null outside of one. */
  static @Nullable ClientAuthentication authentication() {
    return SecurityContextHolder.getContext().getAuthentication()
            instanceof ClientAuthentication current
        ? current
        : null;
  }
}
