package io.voicerouting.token;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.security.Role;
import io.voicerouting.web.EntityTags;
import io.voicerouting.web.MergePatch;
import io.voicerouting.web.ProblemResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The admin API of tokens. Clients of one organization have no access to it. */
@RestController
@RequestMapping(TokenController.PATH)
@Tag(name = "Tokens", description = "The tokens of clients")
class TokenController {

  static final String PATH = "/api/v1/tokens";

  private static final String ONE = "/{id}";
  private static final String SECRET = ONE + "/signature-secret";

  private final TokenService tokens;
  private final EntityTags tags;

  TokenController(TokenService tokens, EntityTags tags) {
    this.tokens = tokens;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List tokens",
      description =
          "One page, revoked tokens included; q searches the name. Can be sorted by id, name, role,"
              + " expires_at, revoked_at, created_at and updated_at.")
  PageView<TokenView> list(
      PageQuery page,
      @RequestParam(required = false) @Nullable Role role,
      @RequestParam(name = "organization_id", required = false)
          @Parameter(description = "Only tokens of this organization", example = "42")
          @Nullable PositiveId organizationId,
      @RequestParam(required = false) @Nullable SearchText q) {
    return tokens.list(page, role, organizationId == null ? null : organizationId.value(), q);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Issue a token",
      description =
          "Only this response shows the token; the service stores only its digest. It is valid as"
              + " soon as this responds.")
  ResponseEntity<TokenView> create(@RequestBody TokenBody body) {
    return issued(tokens.create(body));
  }

  @GetMapping(path = ONE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Read a token", description = "Read from the database, not from the cache.")
  @ProblemResponse(status = 404, type = "token-not-found")
  ResponseEntity<TokenView> get(@PathVariable PositiveId id) {
    return tags.ok(tokens.get(id.value()));
  }

  @PutMapping(path = ONE, consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Replace a token's members",
      description = "The token itself stays the same. PATCH changes single members.")
  @ProblemResponse(status = 404, type = "token-not-found")
  ResponseEntity<TokenView> replace(
      @PathVariable PositiveId id, Precondition precondition, @RequestBody TokenBody body) {
    return tags.ok(tokens.replace(id.value(), stored -> body, precondition));
  }

  @PatchMapping(path = ONE, consumes = MergePatch.MEDIA_TYPE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Change a token's members", description = MergePatch.DESCRIPTION)
  @ProblemResponse(status = 404, type = "token-not-found")
  ResponseEntity<TokenView> patch(
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody MergePatch<TokenBody> patch) {
    return tags.ok(tokens.replace(id.value(), patch, precondition));
  }

  @DeleteMapping(ONE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Revoke a token",
      description =
          "Every instance refuses the token within a second. The row is kept. Revoking a revoked"
              + " token changes nothing.")
  @ProblemResponse(status = 404, type = "token-not-found")
  void revoke(@PathVariable PositiveId id, Precondition precondition) {
    tokens.revoke(id.value(), precondition);
  }

  @PostMapping(
      path = ONE + "/rotate",
      consumes = APPLICATION_JSON_VALUE,
      produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Rotate a token",
      description =
          "Issues a new token with the same members and the same signature secret. The old one"
              + " expires after the overlap.")
  @ProblemResponse(status = 404, type = "token-not-found")
  @ProblemResponse(
      status = 409,
      type = "token-not-valid",
      description = "The token is revoked or expired.")
  ResponseEntity<TokenView> rotate(
      @PathVariable PositiveId id, Precondition precondition, @RequestBody RotationBody body) {
    return issued(tokens.rotate(id.value(), body.overlap(), precondition));
  }

  @PutMapping(path = SECRET, consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Set the secret of signed webhooks",
      description = "Requests with this token must then be signed. The secret is never shown.")
  @ProblemResponse(status = 404, type = "token-not-found")
  @ProblemResponse(
      status = 409,
      type = "no-secret-key",
      description = "The service has no key to encrypt secrets with.")
  ResponseEntity<TokenView> setSecret(
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody SignatureSecretBody body) {
    return tags.ok(tokens.setSignatureSecret(id.value(), body.signatureSecret(), precondition));
  }

  @DeleteMapping(SECRET)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Remove the secret of signed webhooks",
      description = "Requests with this token need no signature any more.")
  @ProblemResponse(status = 404, type = "token-not-found")
  void removeSecret(@PathVariable PositiveId id, Precondition precondition) {
    tokens.setSignatureSecret(id.value(), null, precondition);
  }

  private ResponseEntity<TokenView> issued(TokenService.Issued issued) {
    TokenView document = issued.document();
    return ResponseEntity.status(HttpStatus.CREATED)
        .headers(tags.created(PATH + "/" + document.id(), document).getHeaders())
        .body(document.with(issued.token()));
  }
}
