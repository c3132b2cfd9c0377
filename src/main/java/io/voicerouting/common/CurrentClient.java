package io.voicerouting.common;

import org.jspecify.annotations.Nullable;

/** Identifies the client whose request the current thread serves. */
public interface CurrentClient {

  /** Returns the client; null outside of an authenticated request. */
  @Nullable ApiClient find();

  /** Returns the id of a request that may change rows; null for other requests. */
  @Nullable String requestId();

  /**
   * Returns the secret with which the client signs its requests; null if it has none.
   *
   * @throws IllegalStateException if the stored secret cannot be decrypted with the configured keys
   */
  @Nullable String signatureSecret();

  /** Returns the only organization that the client may see; null for all. */
  default @Nullable Long organizationId() {
    ApiClient client = find();
    return client == null ? null : client.organizationId();
  }
}
