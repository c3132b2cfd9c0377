package io.voicerouting.token;

import io.voicerouting.security.Role;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rows of {@code api_tokens}. */
interface ApiTokenRepository extends Repository<ApiToken, Long> {

  /**
   * Searches tokens.
   *
   * @param role null for any
   * @param organizationId null for any
   * @param pattern for the name, wildcards escaped with a backslash; null for any
   */
  @Query(
      """
      select t from ApiToken t
      where (:role is null or t.role = :role)
        and (:organizationId is null or t.organizationId = :organizationId)
        and (:pattern is null or t.name ilike :pattern escape '\\')
      """)
  Page<ApiToken> search(
      @Nullable Role role, @Nullable Long organizationId, @Nullable String pattern, Pageable page);

  Optional<ApiToken> findById(long id);

  /** A token, and the snapshot of the statement that loaded it. */
  record LoadedToken(ApiToken token, String snapshot) {}

  /** Loads a token by its digest. Starts no transaction. */
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  @Query(
      """
      select new io.voicerouting.token.ApiTokenRepository$LoadedToken(
        t, cast(function('pg_current_snapshot') as String))
      from ApiToken t
      where t.digest = :digest
      """)
  Optional<LoadedToken> load(String digest);

  /** Finds a token and locks it against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select t from ApiToken t where t.id = :id")
  Optional<ApiToken> lock(long id);

  /** Lists the digests of an organization's tokens that are not revoked, sorted by id. */
  @Query(
      """
      select t.digest from ApiToken t
      where t.organizationId = :organizationId and t.revokedAt is null
      order by t.id
      """)
  List<String> findDigests(long organizationId);

  /** Lists the digests of all tokens that are not revoked, those used last first. */
  @Query(
      "select t.digest from ApiToken t where t.revokedAt is null"
          + " order by t.lastUsedAt desc nulls last, t.id desc")
  List<String> findDigests(Limit limit);

  /** Lists the ids of tokens with a signature secret, sorted. */
  @Query("select t.id from ApiToken t where t.signatureSecret is not null order by t.id")
  List<Long> findIdsWithSecret();

  ApiToken saveAndFlush(ApiToken token);
}
