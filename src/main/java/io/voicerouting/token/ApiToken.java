package io.voicerouting.token;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.VersionedEntity;
import io.voicerouting.security.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import lombok.Getter;
import lombok.Setter;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_tokens}. */
@Entity
@Table(name = "api_tokens")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class ApiToken extends VersionedEntity {

  private String name;

  @Enumerated(EnumType.STRING)
  private Role role;

  private @Nullable Long organizationId;

  /** SHA-256 of the token, in lower-case hexadecimal digits. */
  @Column(updatable = false)
  private String digest;

  /** Encrypted; null if requests are not signed. */
  private @Nullable String signatureSecret;

  private @Nullable Instant expiresAt;

  private @Nullable Instant revokedAt;

  /** Written by {@link TokenUsage}. */
  @Column(insertable = false, updatable = false)
  private @Nullable Instant lastUsedAt;

  /** Converts the row to the form in which answers show it. */
  TokenView toView() {
    return new TokenView(
        getId(),
        getVersion(),
        getCreatedAt(),
        getUpdatedAt(),
        name,
        role,
        organizationId,
        expiresAt,
        revokedAt,
        lastUsedAt,
        signatureSecret != null,
        null);
  }
}
