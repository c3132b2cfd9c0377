package io.voicerouting.phonenumber;

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

/** The admin API of phone numbers. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/phone-numbers")
@Tag(name = "Phone numbers", description = "The phone numbers (DIDs) of an organization")
class PhoneNumberController {

  private final PhoneNumberService numbers;
  private final EntityTags tags;

  PhoneNumberController(PhoneNumberService numbers, EntityTags tags) {
    this.numbers = numbers;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List phone numbers",
      description =
          "One page; q searches number and name. Can be sorted by id, number, match, name, status,"
              + " hours, created_at and updated_at.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  PageView<PhoneNumberView> list(
      @PathVariable PositiveId org,
      PageQuery page,
      @RequestParam(required = false) @Nullable PhoneNumberStatus status,
      @RequestParam(required = false) @Nullable PhoneNumberMatch match,
      @RequestParam(required = false) @Nullable SearchText q) {
    return numbers.list(org.value(), page, status, match, q);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Create a phone number",
      description =
          "A number, or a block of numbers with the same first digits. It can be called as soon as"
              + " this answers, even if an earlier lookup found nothing. A number is unique in the"
              + " whole service; so is a block.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ProblemResponse(status = 409, type = "phone-number-taken")
  ResponseEntity<PhoneNumberView> create(
      @PathVariable PositiveId org, @RequestBody PhoneNumberBody body) {
    PhoneNumberView created = numbers.create(org.value(), body);
    return tags.created("/api/v1/organizations/" + org + "/phone-numbers/" + created.id(), created);
  }

  @GetMapping(path = "/{id}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read a phone number",
      description = "Read from the database, not from the cache.")
  @ProblemResponse(status = 404, type = "phone-number-not-found")
  ResponseEntity<PhoneNumberView> get(@PathVariable PositiveId org, @PathVariable PositiveId id) {
    return tags.ok(numbers.get(org.value(), id.value()));
  }

  @PutMapping(path = "/{id}", consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Replace a phone number",
      description =
          "Replaces the whole document; missing members get their defaults: without status, an"
              + " inactive number becomes active. PATCH changes single members. The number may"
              + " change.")
  @ProblemResponse(status = 404, type = "phone-number-not-found")
  @ProblemResponse(status = 409, type = "phone-number-taken")
  ResponseEntity<PhoneNumberView> replace(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody PhoneNumberBody body) {
    return tags.ok(numbers.replace(org.value(), id.value(), stored -> body, precondition));
  }

  @PatchMapping(path = "/{id}", consumes = MergePatch.MEDIA_TYPE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Change a phone number", description = MergePatch.DESCRIPTION)
  @ProblemResponse(status = 404, type = "phone-number-not-found")
  @ProblemResponse(status = 409, type = "phone-number-taken")
  ResponseEntity<PhoneNumberView> patch(
      @PathVariable PositiveId org,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody MergePatch<PhoneNumberBody> patch) {
    return tags.ok(numbers.replace(org.value(), id.value(), patch, precondition));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a phone number",
      description = "It can no longer be called when this answers.")
  @ProblemResponse(status = 404, type = "phone-number-not-found")
  void delete(
      @PathVariable PositiveId org, @PathVariable PositiveId id, Precondition precondition) {
    numbers.delete(org.value(), id.value(), precondition);
  }
}
