package io.voicerouting.token;

import io.voicerouting.common.ApiClient;
import io.voicerouting.security.Role;
import io.voicerouting.security.TokenSeal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as the cache shows it.
 *
 * @param signatureSecret encrypted, or null
 * @param seal over the digest and all other members, see {@link TokenSeal}
 */
record CachedToken(
    long id,
    String name,
    Role role,
    @Nullable Long organizationId,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String signatureSecret,
    String seal) {

  static CachedToken of(ApiToken row, TokenSeal seals) {
    CachedToken unsealed =
        new CachedToken(
            row.getId(),
            row.getName(),
            row.getRole(),
            row.getOrganizationId(),
            row.getExpiresAt(),
            row.getRevokedAt(),
            row.getSignatureSecret(),
            "");
    return unsealed.sealed(seals.seal(unsealed.sealedText(row.getDigest())));
  }

  private CachedToken sealed(String computed) {
    return new CachedToken(
        id, name, role, organizationId, expiresAt, revokedAt, signatureSecret, computed);
  }

  /** Whether this service has made the document, for a token with this digest. */
  boolean isIntact(String digest, TokenSeal seals) {
    return seals.isIntact(sealedText(digest), seal);
  }

  /** No member but the last contains a line feed. */
  private String sealedText(String digest) {
    return digest
        + '\n'
        + id
        + '\n'
        + role
        + '\n'
        + organizationId
        + '\n'
        + expiresAt
        + '\n'
        + revokedAt
        + '\n'
        + signatureSecret
        + '\n'
        + name;
  }

  /** Whether the token is neither revoked nor expired. */
  boolean isValid(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  ApiClient toClient() {
    return new ApiClient(name, id, organizationId);
  }
}
