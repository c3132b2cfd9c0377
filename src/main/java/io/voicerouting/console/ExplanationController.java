package io.voicerouting.console;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.PositiveId;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.web.DecisionBody;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a call goes where it goes. */
@RestController
@RequestMapping("/api/v1/console/explanation")
@Tag(name = "Console", description = "What the console asks; role ops")
class ExplanationController {

  private static final int LAST_YEAR = 9998;

  private final DecisionExplainer explainer;
  private final InstantSource clock;

  ExplanationController(DecisionExplainer explainer, InstantSource clock) {
    this.explainer = explainer;
    this.clock = clock;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Explain where a call goes",
      description =
          "The decision as a platform gets it, each document that it used beside its row in PostgreSQL,"
              + " and the week of its hours. A call without organization_id and direction is inbound.")
  @ApiResponse(responseCode = "200", description = "The explanation")
  Explanation get(
      @Parameter(description = "The organization; not needed for a phone number", example = "42")
          @RequestParam(name = "organization_id", required = false)
          @Nullable PositiveId organizationId,
      @Parameter(hidden = true) DecisionBody call,
      @Parameter(
              description =
                  "Instead of at: a time in the time zone of the call's schedule, or else organization",
              example = "2026-12-25T10:00")
          @RequestParam(name = "local_time", required = false)
          @Nullable String localTime) {
    return explainer.explain(
        request(organizationId == null ? null : organizationId.value(), call),
        localTime == null ? null : parse(localTime),
        null);
  }

  @PostMapping(
      path = "/what-if",
      consumes = APPLICATION_JSON_VALUE,
      produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Explain where a call would go",
      description =
          "The same, and the decision with an edited schedule in place of the one that the call looks up."
              + " The schedule is validated like one to be saved. Nothing is saved.")
  @ApiResponse(responseCode = "200", description = "The explanation, and what would be")
  Explanation whatIf(@RequestBody WhatIfBody body) {
    return explainer.explain(request(body.organizationId(), body.call()), null, body.schedule());
  }

  private DecisionRequest request(@Nullable Long organizationId, DecisionBody call) {
    String to = call.to();
    if (organizationId == null && (to == null || !PhoneTargets.isE164(to))) {
      throw new InvalidFieldsException(
          List.of(new FieldError("organization_id", "is required unless to is a phone number")));
    }
    return call.toRequest(organizationId, clock);
  }

  private static LocalDateTime parse(String text) {
    try {
      LocalDateTime time = LocalDateTime.parse(text);
      if (time.getYear() >= 1 && time.getYear() <= LAST_YEAR) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // answered below
    }
    throw new InvalidFieldsException("local_time", text, "local time such as 2026-12-25T10:00");
  }
}
