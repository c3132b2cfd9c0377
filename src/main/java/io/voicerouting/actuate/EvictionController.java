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
 * Evicts many documents. This is a controller, because the body of an actuator operation can have
 * neither lists nor members of arbitrary names.
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
          "Evicts the selected documents on every instance, and responds as a write does. A"
              + " resource or tags select documents by their rows as they are now; negative entries"
              + " are not among them. With organization_ids and nothing else, everything of these"
              + " organizations is evicted, negative entries too; all does so for every"
              + " organization. If more than 1,000 keys of one organization are selected,"
              + " everything of it is evicted. If more than 10,000 are selected in all, everything"
              + " of their organizations is evicted, or all entries if these organizations are more"
              + " than 1,000.")
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
