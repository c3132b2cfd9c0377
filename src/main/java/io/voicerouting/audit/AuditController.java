package io.voicerouting.audit;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.SearchText;
import io.voicerouting.web.ProblemResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads the audit log. */
@RestController
@Tag(name = "Audit", description = "Who has changed what")
class AuditController {

  private final AuditReader entries;

  AuditController(AuditReader entries) {
    this.entries = entries;
  }

  @GetMapping(
      path = {"/api/v1/organizations/{org}/audit", "/api/v1/audit"},
      produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List changes",
      description =
          "Those of one organization, which may have been deleted; without it all changes, those that"
              + " belong to no single organization, too. One page, the newest first, of changes by"
              + " the API and by SQL. An SQL statement that changes more than 10 rows is one item"
              + " without members. Can be sorted by id and occurred_at. Changes are kept for"
              + " routing.audit.retention.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  PageView<AuditView> list(
      @PathVariable(required = false) @Nullable PositiveId org,
      PageQuery page,
      @RequestParam(required = false)
          @Parameter(description = "Only documents of this kind", example = "extension")
          @Nullable SearchText resource,
      @RequestParam(name = "resource_id", required = false)
          @Parameter(description = "Only the document with this id", example = "7")
          @Nullable PositiveId resourceId,
      @RequestParam(required = false) @Nullable AuditAction action,
      @RequestParam(required = false) @Nullable AuditSource source,
      @RequestParam(name = "token_name", required = false)
          @Parameter(description = "Only changes by this client", example = "Acme back office")
          @Nullable SearchText tokenName,
      @RequestParam(name = "request_id", required = false)
          @Parameter(description = "Only changes of this request", example = "0b6f1a52")
          @Nullable SearchText requestId,
      @RequestParam(required = false)
          @Parameter(description = "Only changes from then on", example = "2026-11-01T00:00:00Z")
          @Nullable Instant since,
      @RequestParam(required = false)
          @Parameter(description = "Only changes before", example = "2026-12-01T00:00:00Z")
          @Nullable Instant until) {
    return entries.list(
        org == null ? null : org.value(),
        page,
        new AuditFilter(resource, resourceId, action, source, tokenName, requestId, since, until));
  }
}
