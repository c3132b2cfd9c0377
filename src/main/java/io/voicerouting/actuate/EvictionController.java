package io.voicerouting.actuate;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.cache.BulkEviction;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.cache.RoutingCache;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Evicts many documents. A controller, because the body of an actuator's operation can have neither
 * lists nor members of any name.
 */
@RestController
@Tag(name = "Operations", description = "Operations on the cache")
class EvictionController {

  private final RoutingCache cache;
  private final InstantSource clock;

  EvictionController(RoutingCache cache, InstantSource clock) {
    this.cache = cache;
    this.clock = clock;
  }

  @PostMapping(
      path = "/actuator/routing-cache/evictions",
      consumes = APPLICATION_JSON_VALUE,
      produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Evict many documents",
      description =
          "Evicts what the database selects, on every instance, and answers as a write does. A"
              + " resource or tags select documents by their rows as they are now; negative entries"
              + " are not among them. organization_ids alone evicts everything of the"
              + " organizations, negative entries too, as all does for every organization. More"
              + " than 1,000 keys of one organization are evicted by evicting all it has; more than"
              + " 10,000 keys in all by evicting all that their organizations have, or everything"
              + " if these are more than 1,000.")
  @ApiResponse(responseCode = "200", description = "What was evicted, or counted")
  EvictionView evict(@RequestBody EvictionBody body) {
    EvictionSelection selection = body.selection(cache.resources());
    if (body.isDryRun()) {
      return new EvictionView(cache.count(selection), true, null);
    }
    BulkEviction eviction = cache.evict(selection);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new EvictionView(eviction.keys(), false, eviction.confirmed() ? now : null);
  }
}
