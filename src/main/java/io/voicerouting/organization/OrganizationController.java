package io.voicerouting.organization;

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

/** The admin API of organizations. */
@RestController
@RequestMapping(OrganizationController.PATH)
@Tag(name = "Organizations", description = "The owners of extensions and business hours")
class OrganizationController {

  static final String PATH = "/api/v1/organizations";

  private final OrganizationService organizations;
  private final EntityTags tags;

  OrganizationController(OrganizationService organizations, EntityTags tags) {
    this.organizations = organizations;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List organizations",
      description =
          "One page; q searches the name. Can be sorted by id, name, timezone, status, created_at and "
              + "updated_at.")
  PageView<OrganizationView> list(
      PageQuery page,
      @RequestParam(required = false) @Nullable OrganizationStatus status,
      @RequestParam(required = false) @Nullable SearchText q) {
    return organizations.list(page, status, q);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Create an organization",
      description = "It has no extensions and no schedules yet.")
  @ProblemResponse(status = 409, type = "sip-domain-taken")
  ResponseEntity<OrganizationView> create(@RequestBody OrganizationBody body) {
    OrganizationView created = organizations.create(body);
    return tags.created(PATH + "/" + created.id(), created);
  }

  @GetMapping(path = "/{org}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read an organization",
      description = "Read from the database, not from the cache.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  ResponseEntity<OrganizationView> get(@PathVariable PositiveId org) {
    return tags.ok(organizations.get(org.value()));
  }

  @PutMapping(path = "/{org}", consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Replace an organization",
      description =
          "Replaces the whole document: without status, a suspended organization becomes active;"
              + " PATCH changes single members. A new time zone takes effect immediately for every"
              + " schedule without its own.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 409, type = "sip-domain-taken")
  ResponseEntity<OrganizationView> replace(
      @PathVariable PositiveId org, Precondition precondition, @RequestBody OrganizationBody body) {
    return tags.ok(organizations.replace(org.value(), stored -> body, precondition));
  }

  @PatchMapping(
      path = "/{org}",
      consumes = MergePatch.MEDIA_TYPE,
      produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Change an organization", description = MergePatch.DESCRIPTION)
  @ProblemResponse(status = 404, type = "organization-not-found")
  ResponseEntity<OrganizationView> patch(
      @PathVariable PositiveId org,
      Precondition precondition,
      @RequestBody MergePatch<OrganizationBody> patch) {
    return tags.ok(organizations.replace(org.value(), patch, precondition));
  }

  @DeleteMapping("/{org}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete an organization",
      description = "Deletes its extensions and business hours, too.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  void delete(@PathVariable PositiveId org, Precondition precondition) {
    organizations.delete(org.value(), precondition);
  }
}
