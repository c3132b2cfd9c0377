package io.voicerouting.actuate;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a bulk eviction has done. */
@Schema(name = "Eviction", description = "What a bulk eviction has done")
record EvictionView(
    @Schema(
            description = "How many keys the database selected, whether or not they were cached",
            example = "1203")
        long keys,
    @Schema(description = "Whether they were counted only", example = "false") boolean dryRun,
    @Schema(
            description =
                "When every Redis primary in use had confirmed the eviction. Null if they were"
                    + " counted only, or if a primary had not confirmed it after 1.5 s: no instance"
                    + " uses that primary until it has",
            example = "2026-11-23T14:00:00.123Z")
        @Nullable Instant confirmedAt) {}
