package io.voicerouting.routing.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PositiveId;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionEngine;
import io.voicerouting.routing.DecisionResult;
import io.voicerouting.routing.RoutingCacheService;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
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
  @Operation(summary = "Decide where a call goes", description = DESCRIPTION)
  Decision get(
      @PathVariable PositiveId org,
      @Parameter(hidden = true) DecisionBody call,
      HttpServletResponse response) {
    return decide(org.value(), call, response);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Decide where a call goes", description = DESCRIPTION)
  Decision post(
      @PathVariable PositiveId org, @RequestBody DecisionBody body, HttpServletResponse response) {
    return decide(org.value(), body, response);
  }

  /**
   * Decides about a call and sets {@code Cache-Status}.
   *
   * @param org null to find it by the dialled phone number
   */
  Decision decide(@Nullable Long org, DecisionBody call, HttpServletResponse response) {
    DecisionResult result = engine.decide(call.toRequest(org, clock));
    CacheStatusHeader.set(response, result.lookups());
    return switch (result) {
      case DecisionResult.Decided decided -> decided.decision();
      case DecisionResult.Unavailable unavailable ->
          throw LookupAnswers.unavailable(unavailable.retryAfter());
    };
  }
}
