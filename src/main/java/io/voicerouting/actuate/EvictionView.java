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
                "Since when no instance uses the entries any more; null if they were counted only",
            example = "2026-11-23T14:00:00.123Z")
        @Nullable Instant confirmedAt) {}
