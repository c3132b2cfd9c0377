package io.voicerouting.testing;

import io.voicerouting.common.ApiClient;
import io.voicerouting.common.CurrentClient;
import org.jspecify.annotations.Nullable;

/**
 * The same client for every request.
 *
 * @param find null for none
 */
public record FixedClient(@Nullable ApiClient find) implements CurrentClient {

  /** No client, as outside of a request. */
  public static final FixedClient NONE = new FixedClient(null);

  /** A client of one organization. */
  public static FixedClient of(long organizationId) {
    return new FixedClient(new ApiClient("Test", 1L, organizationId));
  }

  @Override
  public @Nullable String requestId() {
    return null;
  }

  @Override
  public @Nullable String signatureSecret() {
    return null;
  }
}
