package io.voicerouting.console;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.PositiveId;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What warming an organization would look up. */
@RestController
@RequestMapping("/api/v1/console/organizations/{org}/warming")
@Tag(name = "Console")
class WarmingController {

  private final RoutingCache cache;
  private final TransactionTemplate transaction;

  WarmingController(RoutingCache cache, PlatformTransactionManager transactions) {
    this.cache = cache;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
  }

  /** What warming would look up. */
  @Schema(name = "WarmingSize", description = "What warming would look up")
  record Size(
      @Schema(description = "How many keys, cached or not", example = "12") int keys,
      @Schema(description = "How many of them are cached", example = "3") int cached) {}

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Count what warming would look up",
      description =
          "The keys that POST /actuator/routing-cache/{org} looks up. What is cached is not loaded"
              + " again.")
  @ApiResponse(responseCode = "200", description = "How many")
  Size count(@PathVariable PositiveId org) {
    List<CacheKey> keys =
        cache.resources().stream()
            .flatMap(
                resource ->
                    transaction.execute(status -> resource.keysToWarm(org.value())).stream())
            .toList();
    return new Size(keys.size(), cache.countCached(keys));
  }
}
