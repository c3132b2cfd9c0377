package io.voicerouting.security;

import io.voicerouting.common.ApiClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds tokens that were issued by the API or by SQL. */
public interface IssuedTokens {

  /**
   * Finds a token.
   *
   * @param digest SHA-256 of the token, 64 hexadecimal digits in lower case
   */
  Result find(String digest);

  /**
   * Lists digests of tokens that are not revoked, those used last first.
   *
   * @param most longest list
   * @return empty while the database is down
   */
  List<String> findDigests(int most);

  sealed interface Result {

    /**
     * The token is valid now.
     *
     * @param encryptedSecret its signature secret, encrypted by {@link SecretCipher}; or null
     */
    record Valid(ApiClient client, Role role, @Nullable String encryptedSecret) implements Result {}

    /** There is no such token, or it is expired or revoked. */
    record Invalid() implements Result {}

    /** Neither cache nor database could answer. */
    record Unavailable(Duration retryAfter) implements Result {}
  }
}
