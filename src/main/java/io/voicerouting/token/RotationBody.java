package io.voicerouting.token;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a token is replaced by a new one. */
@Schema(name = "RotationBody", description = "How a token is replaced by a new one")
record RotationBody(
    @Schema(
            description = "How long the old token stays valid, in seconds",
            defaultValue = "86400",
            example = "3600")
        @Nullable
        @PositiveOrZero(message = "(expected: 0 to 2592000)")
        @Max(value = 2_592_000, message = "(expected: 0 to 2592000)")
        Integer overlapSeconds) {

  private static final Duration DEFAULT = Duration.ofDays(1);

  /** How long the old token stays valid. */
  Duration overlap() {
    return overlapSeconds == null ? DEFAULT : Duration.ofSeconds(overlapSeconds);
  }
}
