package io.voicerouting.routing.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.EvaluationInstant;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.PositiveId;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionEngine;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.DecisionResult;
import io.voicerouting.routing.RoutingCacheService;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Decisions about calls. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/routing/decision")
@Tag(name = "Routing")
class DecisionController {

  private static final String DESCRIPTION =
      """
      Answers 200 with every decision, also to reject the call. `action` is what to do, `reason` and \
      `path` explain why, `valid_until` is the next change of business hours. `at` evaluates another \
      instant than now. `degraded` is true if the database was unavailable, so that cache entries may \
      be out of date. A phone number decides by its own rules; one of another organization is rejected like \
      one that does not exist.\
      """;

  private final DecisionEngine engine;
  private final InstantSource clock;

  DecisionController(RoutingCacheService service, InstantSource clock) {
    this.engine = new DecisionEngine(service);
    this.clock = clock;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Decide where a call goes",
      description = DESCRIPTION,
      parameters = {
        @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description =
                "Dialled extension number, or phone number with its plus sign; optional if inbound",
            example = "1001",
            schema = @Schema(type = "string", pattern = PhoneTargets.EXTENSION_NUMBER_SCHEMA)),
        @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "The caller, in any form; it never rejects the call",
            example = "+15550100",
            schema = @Schema(type = "string")),
        @Parameter(
            name = "direction",
            in = ParameterIn.QUERY,
            description = "Origin of the call; internal if missing",
            schema = @Schema(implementation = CallDirection.class)),
        @Parameter(
            name = "at",
            in = ParameterIn.QUERY,
            description = "Instant to evaluate; now if missing",
            example = "2026-11-23T14:00:00Z",
            schema = @Schema(type = "string", format = "date-time"))
      })
  Decision get(
      @PathVariable PositiveId org,
      @Parameter(hidden = true) DecisionBody call,
      HttpServletResponse response) {
    return decide(org.value(), call, CallDirection.INTERNAL, response);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Decide where a call goes", description = DESCRIPTION)
  Decision post(
      @PathVariable PositiveId org, @RequestBody DecisionBody body, HttpServletResponse response) {
    return decide(org.value(), body, CallDirection.INTERNAL, response);
  }

  /**
   * Decides about a call and sets {@code Cache-Status}.
   *
   * @param org null if the dialled phone number is to tell
   * @param assumed the direction of a call that does not say it
   */
  Decision decide(
      @Nullable Long org, DecisionBody call, CallDirection assumed, HttpServletResponse response) {
    DecisionRequest request =
        new DecisionRequest(
            org,
            call.to(),
            call.from(),
            Objects.requireNonNullElse(call.direction(), assumed),
            // One instant for the whole decision.
            call.at() == null ? clock.instant() : EvaluationInstant.of(call.at()).value());
    DecisionResult result = engine.decide(request);
    CacheStatusHeader.set(response, result.lookups());
    return switch (result) {
      case DecisionResult.Decided decided -> decided.decision();
      case DecisionResult.Unavailable unavailable ->
          throw LookupAnswers.unavailable(unavailable.retryAfter());
    };
  }
}
