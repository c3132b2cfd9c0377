package io.voicerouting.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.security.IssuedTokens;
import io.voicerouting.security.TokenSeal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Finds issued tokens in the cache, else in the database. While the database is down, a cache entry
 * is accepted although it may be out of date, so that calls are still answered.
 */
@Component
class CachedTokens implements IssuedTokens {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(CachedTokens.class);

  private final RoutingCache cache;
  private final TokenResource tokens;
  private final ApiTokenRepository repository;
  private final TokenSeal seals;
  private final TokenUsage usage;
  private final Clock clock;

  /**
   * Documents that were found intact. A document of the near cache is the same object at each call,
   * and its seal takes longer to verify than a decision.
   */
  private final Cache<CachedToken, Verified> verified = Caffeine.newBuilder().weakKeys().build();

  CachedTokens(
      RoutingCache cache,
      TokenResource tokens,
      ApiTokenRepository repository,
      TokenSeal seals,
      TokenUsage usage,
      Clock clock) {
    this.cache = cache;
    this.tokens = tokens;
    this.repository = repository;
    this.seals = seals;
    this.usage = usage;
    this.clock = clock;
  }

  /**
   * What is known of an intact document.
   *
   * @param digest for which it is intact
   * @param client the result while the token is valid
   */
  private record Verified(String digest, Result.Valid client) {}

  @Override
  public Result find(String digest) {
    Result result = check(get(digest), digest);
    if (result != null) {
      return result;
    }
    LOG.warn("Voice routing cache: A cached token has a wrong seal and is loaded again");
    try {
      cache.evict(TokenResource.key(digest));
    } catch (CacheUnavailableException e) {
      return new Result.Unavailable(RETRY_AFTER);
    }
    Result again = check(get(digest), digest);
    return again == null // stored by an instance with another first token
        ? new Result.Unavailable(RETRY_AFTER)
        : again;
  }

  @Override
  public List<String> findDigests(int most) {
    try {
      return repository.findDigests(Limit.of(most));
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("Voice routing cache: The tokens could not be listed", e);
      return List.of();
    }
  }

  /** Returns null if the document was forged. */
  private @Nullable Result check(Lookup<CachedToken> found, String digest) {
    return switch (found) {
      case Lookup.Found<CachedToken> entry -> check(entry.value(), digest);
      case Lookup.Absent<CachedToken> absent -> new Result.Invalid();
      case Lookup.Unavailable<CachedToken> unavailable ->
          new Result.Unavailable(unavailable.retryAfter());
    };
  }

  private @Nullable Result check(CachedToken token, String digest) {
    Result.Valid client = verify(token, digest);
    if (client == null) {
      return null;
    }
    Instant now = clock.instant();
    if (!token.isValid(now)) {
      return new Result.Invalid();
    }
    usage.record(token.id(), now);
    return client;
  }

  private Result.@Nullable Valid verify(CachedToken token, String digest) {
    Verified known = verified.getIfPresent(token);
    if (known != null && known.digest().equals(digest)) {
      return known.client();
    }
    if (!token.isIntact(digest, seals)) {
      return null;
    }
    Result.Valid client = new Result.Valid(token.toClient(), token.role(), token.signatureSecret());
    verified.put(token, new Verified(digest, client));
    return client;
  }

  private Lookup<CachedToken> get(String digest) {
    return cache.get(tokens, CacheKey.NO_ORGANIZATION, digest);
  }
}
