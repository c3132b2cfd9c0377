package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * An override of business hours, as the cached document of its scope carries it. It is not cleared,
 * and was not over when the document was loaded.
 *
 * @param id increases with time
 */
@Schema(description = "An override that is not cleared and not over")
public record CallOverride(
    @Schema(description = "Id, assigned by the service", example = "12") long id,
    @Schema(description = "What it does with business hours", example = "closed") OverrideMode mode,
    @Schema(description = "What to do with calls; only for action") @Nullable CallAction action,
    @Schema(description = "When it begins", example = "2026-11-23T14:00:00Z") Instant startsAt,
    @Schema(
            description = "When it is over; null if only when it is cleared",
            example = "2026-11-23T15:00:00Z")
        @Nullable Instant endsAt,
    @Schema(description = "Who created it", example = "admin") String createdBy) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Reads what the database function {@code routing_current_overrides} returns. */
  public static List<CallOverride> parse(String json) {
    return Arrays.asList(MAPPER.readValue(json, CallOverride[].class));
  }

  /** Whether it applies at an instant. */
  public boolean isInForce(Instant at) {
    return !at.isBefore(startsAt) && (endsAt == null || at.isBefore(endsAt));
  }
}
