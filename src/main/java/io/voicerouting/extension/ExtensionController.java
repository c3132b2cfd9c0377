package io.voicerouting.extension;

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

/** The admin API of extensions. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/extensions")
@Tag(name = "Extensions", description = "The extensions of an organization")
class ExtensionController {

  private final ExtensionService extensions;
  private final EntityTags tags;

  ExtensionController(ExtensionService extensions, EntityTags tags) {
    this.extensions = extensions;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List extensions",
      description =
          "One page; q searches number and display name. Can be sorted by id, extension_number, type, status, display_name, created_at and "
              + "updated_at.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  PageView<ExtensionView> list(
      @PathVariable PositiveId org,
      PageQuery page,
      @RequestParam(required = false) @Nullable ExtensionStatus status,
      @RequestParam(required = false) @Nullable ExtensionType type,
      @RequestParam(required = false) @Nullable SearchText q) {
    return extensions.list(org.value(), page, status, type, q);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Create an extension",
      description =
          "It can be dialled once this request is answered, even if an earlier lookup found nothing.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 409, type = "duplicate-extension-number")
  ResponseEntity<ExtensionView> create(
      @PathVariable PositiveId org, @RequestBody ExtensionBody body) {
    ExtensionView created = extensions.create(org.value(), body);
    return tags.created("/api/v1/organizations/" + org + "/extensions/" + created.id(), created);
  }

  @GetMapping(path = "/{id}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read an extension",
      description = "Read from the database, not from the cache.")
  @ProblemResponse(status = 404, type = "extension-not-found")
  ResponseEntity<ExtensionView> get(@PathVariable PositiveId org, @PathVariable PositiveId id) {
    return tags.ok(extensions.get(org.value(), id.value()));
  }

  @PutMapping(path = "/{id}", consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Replace an extension",
      description =
          "Replaces the whole document; missing members get their defaults: without status, an"
              + " inactive extension becomes active. PATCH changes single members. The number may"
              + " change.")
  @ProblemResponse(status = 404, type = "extension-not-found")
  @ProblemResponse(status = 409, type = "duplicate-extension-number")
  ResponseEntity<ExtensionView> replace(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody ExtensionBody body) {
    return tags.ok(extensions.replace(org.value(), id.value(), stored -> body, precondition));
  }

  @PatchMapping(path = "/{id}", consumes = MergePatch.MEDIA_TYPE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Change an extension", description = MergePatch.DESCRIPTION)
  @ProblemResponse(status = 404, type = "extension-not-found")
  @ProblemResponse(status = 409, type = "duplicate-extension-number")
  ResponseEntity<ExtensionView> patch(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody MergePatch<ExtensionBody> patch) {
    return tags.ok(extensions.replace(org.value(), id.value(), patch, precondition));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete an extension",
      description = "It can no longer be dialled once this request is answered.")
  @ProblemResponse(status = 404, type = "extension-not-found")
  void delete(
      @PathVariable PositiveId org, @PathVariable PositiveId id, Precondition precondition) {
    extensions.delete(org.value(), id.value(), precondition);
  }
}
