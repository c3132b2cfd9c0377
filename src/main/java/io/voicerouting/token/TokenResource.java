package io.voicerouting.token;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.FieldError;
import io.voicerouting.security.TokenSeal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A token as a cached resource, identified by its digest. A lookup finds the organization, so its
 * key has {@link CacheKey#NO_ORGANIZATION}. Revoked tokens are documents, too; "no such row" is not
 * stored, since anybody can send any number of wrong tokens.
 */
@Component
class TokenResource implements CachedResource<CachedToken> {

  /** Resource type in keys: {@code routing:token:0:<digest>}. */
  static final String NAME = "token";

  private static final ResourceDefinition<CachedToken> DEFINITION =
      new ResourceDefinition<>(NAME, "Token", CachedToken.class, 1, Duration.ofMinutes(30));

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          "select 0::bigint as organization_id, digest as identifier, organization_id as owner_id"
              + " from api_tokens");

  private final ApiTokenRepository tokens;
  private final TokenSeal seals;

  TokenResource(ApiTokenRepository tokens, TokenSeal seals) {
    this.tokens = tokens;
    this.seals = seals;
  }

  static CacheKey key(String digest) {
    return new CacheKey(NAME, CacheKey.NO_ORGANIZATION, digest);
  }

  @Override
  public ResourceDefinition<CachedToken> definition() {
    return DEFINITION;
  }

  @Override
  public boolean storesAbsence() {
    return false;
  }

  @Override
  public @Nullable LoadedDocument<CachedToken> load(
      long organizationId, @Nullable String identifier) {
    if (identifier == null) {
      throw new IllegalArgumentException("identifier: null (expected: the digest of a token)");
    }
    return tokens
        .load(identifier)
        .map(
            row ->
                new LoadedDocument<>(
                    CachedToken.of(row.token(), seals), row.snapshot(), row.token().getUpdatedAt()))
        .orElse(null);
  }

  /** The organization that the token is confined to, if any. */
  @Override
  public long owner(CacheKey key, CachedToken document) {
    Long organizationId = document.organizationId();
    return organizationId == null ? CacheKey.NO_ORGANIZATION : organizationId;
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    if (identifier == null) {
      return null;
    }
    if (!DIGEST.matcher(identifier).matches()) {
      throw new IllegalArgumentException(
          FieldError.describe(identifier, "a SHA-256 digest, 64 hexadecimal digits"));
    }
    return key(identifier);
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return tokens.findDigests(organizationId).stream().map(TokenResource::key).toList();
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }
}
