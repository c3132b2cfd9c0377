package io.voicerouting.routing.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.EvaluationInstant;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PositiveId;
import io.voicerouting.extension.ExtensionNumber;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.routing.BusinessHoursStatusAnswer;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.web.ProblemResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plain lookups of the documents that decisions use. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/routing")
@Tag(name = "Routing", description = "What telephony platforms ask for each call")
class LookupController {

  private static final String NO_ACTIVE_SCHEDULE = "no-active-schedule";

  private final RoutingCacheService service;
  private final InstantSource clock;

  LookupController(RoutingCacheService service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  @GetMapping(path = "/extensions/{number}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Look up an extension",
      description = "Active or inactive. The status of the organization is not checked.")
  @ProblemResponse(status = 404, type = "extension-not-found")
  ExtensionView extension(
      @PathVariable PositiveId org,
      @Parameter(description = "Extension number", example = "1001") @PathVariable
          ExtensionNumber number,
      HttpServletResponse response) {
    return LookupAnswers.unwrap(
        service.getExtension(org.value(), number.value()),
        response,
        "extension-not-found",
        "Organization " + org + " has no extension " + number + ".");
  }

  @GetMapping(path = "/business-hours", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Look up the active schedule",
      description = "The complete document: all seven days and every exception.")
  @ProblemResponse(status = 404, type = "no-active-schedule")
  BusinessHoursView businessHours(@PathVariable PositiveId org, HttpServletResponse response) {
    return schedule(org, response).view();
  }

  @GetMapping(path = "/business-hours/status", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Check whether the organization is open",
      description =
          "Now or at another instant, with the matching range, the override that applies, and the"
              + " next change.")
  @ProblemResponse(status = 404, type = "no-active-schedule")
  BusinessHoursStatusAnswer status(
      @PathVariable PositiveId org,
      @Parameter(
              description = "Instant to evaluate; now if missing",
              example = "2026-11-23T14:00:00Z")
          @RequestParam(required = false)
          @Nullable EvaluationInstant at,
      HttpServletResponse response) {
    Instant instant = at == null ? clock.instant() : at.value();
    return switch (schedule(org, response)) {
      case ActiveSchedule.Valid valid ->
          BusinessHoursStatusAnswer.of(valid, organization(org, response), instant);
      case ActiveSchedule.Invalid invalid ->
          throw new NotFoundException(
              NO_ACTIVE_SCHEDULE, "The active schedule is invalid: " + invalid.problem() + ".");
    };
  }

  /** Looks up the organization for an answer that has looked up its schedule. */
  private OrganizationView organization(PositiveId org, HttpServletResponse response) {
    Lookup<OrganizationView> organization = service.getOrganization(org.value());
    CacheStatusHeader.add(response, organization.status());
    return LookupAnswers.value(
        organization, NO_ACTIVE_SCHEDULE, "There is no organization " + org + ".");
  }

  private ActiveSchedule schedule(PositiveId org, HttpServletResponse response) {
    return LookupAnswers.unwrap(
        service.getActiveBusinessHoursSchedule(org.value()),
        response,
        NO_ACTIVE_SCHEDULE,
        "Organization " + org + " has no active business-hours schedule.");
  }
}
