package io.voicerouting.routing.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.routing.Decision;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Decisions about calls to phone numbers, which determine the organization. */
@RestController
@RequestMapping(NumberDecisionController.PATH)
@Tag(name = "Routing")
class NumberDecisionController {

  static final String PATH = "/api/v1/routing/decision";

  private static final String DESCRIPTION =
      """
      As the decision within an organization, which follows from the dialled phone number: the number \
      itself, else the longest block that it belongs to. `organization_id` is null if it belongs to \
      none. The call is inbound unless `direction` is `internal`. In a query, the plus sign is written %2B.""";

  private final DecisionController decisions;

  NumberDecisionController(DecisionController decisions) {
    this.decisions = decisions;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Decide where a call to a phone number goes", description = DESCRIPTION)
  Decision get(@Parameter(hidden = true) NumberDecisionBody call, HttpServletResponse response) {
    return decisions.decide(null, call.toCall(), response);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Decide where a call to a phone number goes", description = DESCRIPTION)
  Decision post(@RequestBody NumberDecisionBody body, HttpServletResponse response) {
    return decisions.decide(null, body.toCall(), response);
  }
}
