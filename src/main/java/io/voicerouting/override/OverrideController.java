package io.voicerouting.override;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.web.EntityTags;
import io.voicerouting.web.ProblemResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The admin API of overrides. Records the principal's name as the creator of an override, and as
 * the one who cleared it.
 */
@RestController
@RequestMapping("/api/v1/organizations/{org}/overrides")
@Tag(name = "Overrides", description = "Business hours that are open or closed for a while")
class OverrideController {

  private final OverrideService overrides;
  private final EntityTags tags;

  OverrideController(OverrideService overrides, EntityTags tags) {
    this.overrides = overrides;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List overrides",
      description =
          "One page, also of those that are over or cleared; q searches the note. Can be sorted by"
              + " id, scope, mode, starts_at, ends_at, cleared_at, created_at and updated_at.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  PageView<OverrideView> list(
      @PathVariable PositiveId org,
      PageQuery page,
      @RequestParam(required = false) @Nullable OverrideScope scope,
      @RequestParam(required = false) @Nullable OverrideState state,
      @RequestParam(required = false) @Nullable SearchText q) {
    return overrides.list(org.value(), page, scope, state, q);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Create an override",
      description =
          "Applies exactly from its begin to its end. An override for a number takes precedence over"
              + " one for a schedule, and that over one for the organization; among equals, the newest"
              + " takes precedence. A number that ignores hours has only its own overrides.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 409, type = "too-many-overrides")
  ResponseEntity<OverrideView> create(
      @PathVariable PositiveId org, @RequestBody OverrideBody body, Principal caller) {
    OverrideView created = overrides.create(org.value(), body, caller.getName());
    return tags.created("/api/v1/organizations/" + org + "/overrides/" + created.id(), created);
  }

  @PostMapping(
      path = "/toggle",
      consumes = APPLICATION_JSON_VALUE,
      produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Switch an override on or off",
      description =
          "For feature codes of phones, such as day and night. Reports whether the override is in"
              + " force after the request. On creates one unless one of the same scope, mode and"
              + " action is in force; off clears these.")
  @ApiResponse(responseCode = "200", description = "The state after the request")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 409, type = "too-many-overrides")
  OverrideToggleView toggle(
      @PathVariable PositiveId org, @RequestBody OverrideToggle body, Principal caller) {
    return overrides.toggle(org.value(), body, caller.getName());
  }

  @GetMapping(path = "/{id}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read an override",
      description = "Read from the database, not from the cache.")
  @ProblemResponse(status = 404, type = "override-not-found")
  ResponseEntity<OverrideView> get(@PathVariable PositiveId org, @PathVariable PositiveId id) {
    return tags.ok(overrides.get(org.value(), id.value()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Clear an override",
      description =
          "It no longer applies once this responds. It stays in the list as a record, with who"
              + " cleared it.")
  @ProblemResponse(status = 404, type = "override-not-found")
  void clear(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      Principal caller) {
    overrides.clear(org.value(), id.value(), precondition, caller.getName());
  }
}
