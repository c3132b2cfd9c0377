package io.voicerouting.businesshours;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
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

/** The admin API of business-hours schedules. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/business-hours")
@Tag(
    name = "Business hours",
    description = "Schedules of an organization, and of its phone numbers")
class BusinessHoursController {

  private final BusinessHoursService schedules;
  private final EntityTags tags;

  BusinessHoursController(BusinessHoursService schedules, EntityTags tags) {
    this.schedules = schedules;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List schedules",
      description =
          "One page; q searches the name. Can be sorted by id, name, status, timezone, created_at and "
              + "updated_at.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  PageView<BusinessHoursView> list(
      @PathVariable PositiveId org,
      PageQuery page,
      @RequestParam(required = false) @Nullable BusinessHoursStatus status,
      @RequestParam(required = false) @Nullable BusinessHoursScope scope,
      @RequestParam(required = false) @Nullable SearchText q) {
    return schedules.list(org.value(), page, status, scope, q);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Create a schedule",
      description = "Takes effect immediately unless its status is inactive.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 409, type = "active-schedule-exists")
  ResponseEntity<BusinessHoursView> create(
      @PathVariable PositiveId org, @RequestBody BusinessHoursBody body) {
    BusinessHoursView created = schedules.create(org.value(), body.toDraft());
    return tags.created(
        "/api/v1/organizations/" + org + "/business-hours/" + created.id(), created);
  }

  @GetMapping(path = "/{id}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read a schedule",
      description =
          "Active or inactive, but not deleted; read from the database, not from the cache.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  ResponseEntity<BusinessHoursView> get(@PathVariable PositiveId org, @PathVariable PositiveId id) {
    return tags.ok(schedules.get(org.value(), id.value()));
  }

  @PutMapping(path = "/{id}", consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Replace a schedule",
      description =
          "Replaces the whole document; missing members get their defaults: without status, an"
              + " inactive schedule becomes active. PATCH changes single members. Only differences"
              + " are written.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 409, type = "active-schedule-exists")
  ResponseEntity<BusinessHoursView> replace(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody BusinessHoursBody body) {
    BusinessHoursDraft draft = body.toDraft();
    return tags.ok(schedules.replace(org.value(), id.value(), stored -> draft, precondition));
  }

  @PatchMapping(path = "/{id}", consumes = MergePatch.MEDIA_TYPE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Change a schedule", description = MergePatch.DESCRIPTION)
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 409, type = "active-schedule-exists")
  ResponseEntity<BusinessHoursView> patch(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody MergePatch<BusinessHoursBody> patch) {
    return tags.ok(
        schedules.replace(
            org.value(), id.value(), patch.andThen(BusinessHoursBody::toDraft), precondition));
  }

  @PostMapping(path = "/{id}/activate", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Activate a schedule",
      description =
          "Makes it the active schedule, and the one that was active inactive, in one step: every"
              + " call is routed by one of them. One for phone numbers becomes active beside"
              + " others. If it is active already, nothing changes. The request has no body.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 409, type = "active-schedule-exists")
  ResponseEntity<BusinessHoursView> activate(
      @PathVariable PositiveId org, @PathVariable PositiveId id, Precondition precondition) {
    return tags.ok(schedules.activate(org.value(), id.value(), precondition));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a schedule",
      description =
          "No API shows it any more; its rows are kept with deleted_at set. Phone numbers that use"
              + " it have no hours then.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  void delete(
      @PathVariable PositiveId org, @PathVariable PositiveId id, Precondition precondition) {
    schedules.delete(org.value(), id.value(), precondition);
  }
}
