package io.voicerouting.token;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.common.ConflictException;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.organization.OrganizationDirectory;
import io.voicerouting.security.Role;
import io.voicerouting.security.SecretCipher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Issues, changes and revokes tokens, in one transaction per call. */
@Service
@Transactional
class TokenService {

  private static final Set<String> SORTABLE =
      Set.of("name", "role", "expires_at", "revoked_at", "created_at", "updated_at");

  private final ApiTokenRepository tokens;
  private final OrganizationDirectory organizations;
  private final SecretCipher cipher;
  private final AuditLog audit;
  private final Clock clock;

  TokenService(
      ApiTokenRepository tokens,
      OrganizationDirectory organizations,
      SecretCipher cipher,
      AuditLog audit,
      Clock clock) {
    this.tokens = tokens;
    this.organizations = organizations;
    this.cipher = cipher;
    this.audit = audit;
    this.clock = clock;
  }

  /** A new token: its document, and the token itself. */
  record Issued(TokenView document, String token) {

    /** Hides the token, because this may be logged. */
    @Override
    public String toString() {
      return "Issued[" + document.id() + "]";
    }
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  PageView<TokenView> list(
      PageQuery page,
      @Nullable Role role,
      @Nullable Long organizationId,
      @Nullable SearchText text) {
    return PageView.of(
        tokens
            .search(role, organizationId, SearchText.likePattern(text), page.toPageable(SORTABLE))
            .map(ApiToken::toView));
  }

  @Transactional(readOnly = true)
  TokenView get(long id) {
    return tokens.findById(id).map(ApiToken::toView).orElseThrow(() -> notFound(id));
  }

  Issued create(TokenBody body) {
    requireOrganization(body);
    ApiToken row = new ApiToken();
    body.applyTo(row);
    return issue(row);
  }

  private Issued issue(ApiToken row) {
    PlainToken token = PlainToken.generate();
    row.setDigest(token.digest());
    TokenView created =
        audit.recordCreate(
            TokenResource.NAME, TokenView::organizationId, () -> tokens.saveAndFlush(row).toView());
    return new Issued(created, token.value());
  }

  /** Replaces a token's members with what {@code change} makes of the stored document. */
  TokenView replace(
      long id, Function<? super TokenView, TokenBody> change, Precondition precondition) {
    ApiToken row = lock(id, precondition);
    TokenBody body = change.apply(row.toView());
    requireOrganization(body);
    return update(row, () -> body.applyTo(row));
  }

  /** Revokes a token. Does nothing if it is revoked already. */
  void revoke(long id, Precondition precondition) {
    ApiToken row = lock(id, precondition);
    if (row.getRevokedAt() == null) {
      update(row, () -> row.setRevokedAt(clock.instant()));
    }
  }

  /**
   * Issues a new token with the same members, and makes the old one expire.
   *
   * @param overlap how long the old one stays valid
   */
  Issued rotate(long id, Duration overlap, Precondition precondition) {
    ApiToken old = lock(id, precondition);
    Instant now = clock.instant();
    Instant expiry = old.getExpiresAt();
    if (old.getRevokedAt() != null || (expiry != null && !now.isBefore(expiry))) {
      throw new ConflictException(
          "token-not-valid", "Token " + id + " is revoked or expired and cannot be rotated.");
    }
    ApiToken row = new ApiToken();
    row.setName(old.getName());
    row.setRole(old.getRole());
    row.setOrganizationId(old.getOrganizationId());
    row.setExpiresAt(expiry);
    row.setSignatureSecret(old.getSignatureSecret());
    Instant end = now.plus(overlap);
    if (expiry == null || end.isBefore(expiry)) {
      update(old, () -> old.setExpiresAt(end));
    }
    return issue(row);
  }

  /**
   * Stores the secret with which the client signs its requests.
   *
   * @param secret null for none
   */
  TokenView setSignatureSecret(long id, @Nullable String secret, Precondition precondition) {
    if (secret != null && !cipher.isAvailable()) {
      throw new ConflictException(
          "no-secret-key",
          "The service has no key to encrypt secrets with; set routing.security.secret-keys.");
    }
    ApiToken row = lock(id, precondition);
    String encrypted = secret == null ? null : cipher.encrypt(secret);
    return update(row, () -> row.setSignatureSecret(encrypted));
  }

  private TokenView update(ApiToken row, Runnable change) {
    Supplier<TokenView> save =
        () -> {
          change.run();
          return tokens.saveAndFlush(row).toView();
        };
    return audit.recordUpdate(TokenResource.NAME, row.getOrganizationId(), row.toView(), save);
  }

  private void requireOrganization(TokenBody body) {
    Long organizationId = body.organizationId();
    if (organizationId != null && !organizations.exists(organizationId)) {
      throw new InvalidFieldsException("organization_id", organizationId, "id of an organization");
    }
  }

  /**
   * Locks until the commit, so that the document cannot change after the precondition was checked.
   */
  private ApiToken lock(long id, Precondition precondition) {
    ApiToken row = tokens.lock(id).orElseThrow(() -> notFound(id));
    precondition.check(row.toView());
    return row;
  }

  private static NotFoundException notFound(long id) {
    return new NotFoundException("token-not-found", "There is no token with id " + id + ".");
  }
}
