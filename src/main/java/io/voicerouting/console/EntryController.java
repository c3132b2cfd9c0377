package io.voicerouting.console;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.web.ServiceUnavailableException;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cache entries beside their rows. */
@RestController
@RequestMapping("/api/v1/console/entries")
@Tag(name = "Console")
class EntryController {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final DocumentComparison documents;

  EntryController(DocumentComparison documents) {
    this.documents = documents;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Compare a cache entry with its row",
      description =
          "Reads the entry from Redis and the row from PostgreSQL; neither is changed. Null members"
              + " are left out. Entries of tokens are not shown.")
  @ApiResponse(responseCode = "200", description = "The entry and the row")
  EntryComparison compare(
      @Parameter(description = "Key in Redis", example = "routing:extension:42:1001") @RequestParam
          String key) {
    CacheKey parsed = CacheKey.parse(key);
    EntryComparison comparison;
    try {
      comparison = parsed == null ? null : documents.compare(parsed);
    } catch (CacheUnavailableException e) {
      throw new ServiceUnavailableException("Redis did not answer.", RETRY_AFTER);
    }
    if (comparison == null) {
      throw new InvalidFieldsException(
          "key", key, "key of a document such as routing:extension:42:1001");
    }
    return comparison;
  }
}
