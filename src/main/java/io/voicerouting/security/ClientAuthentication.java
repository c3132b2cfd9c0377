package io.voicerouting.security;

import io.voicerouting.common.ApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An authenticated client, with its role. Immutable; one without a request id can be shared. */
final class ClientAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final transient ApiClient client;
  private final Role role;
  private final @Nullable String encryptedSecret;
  private final @Nullable String requestId;

  /**
   * @param encryptedSecret its signature secret, for {@link SecretCipher}; null if it has none
   * @param requestId id of the request; null if it changes nothing
   */
  ClientAuthentication(
      ApiClient client, Role role, @Nullable String encryptedSecret, @Nullable String requestId) {
    super(role.authorities());
    this.client = client;
    this.role = role;
    this.encryptedSecret = encryptedSecret;
    this.requestId = requestId;
    super.setAuthenticated(true);
  }

  /** Returns the same client for a request that has an id. */
  ClientAuthentication withRequestId(String id) {
    return new ClientAuthentication(client, role, encryptedSecret, id);
  }

  ApiClient client() {
    return client;
  }

  Role role() {
    return role;
  }

  @Nullable String encryptedSecret() {
    return encryptedSecret;
  }

  @Nullable String requestId() {
    return requestId;
  }

  @Override
  public String getName() {
    return client.name();
  }

  @Override
  public Object getPrincipal() {
    return client;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
