package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A cache entry beside its row. */
@Schema(description = "A cache entry beside its row")
record EntryComparison(
    @Schema(description = "Key in Redis", example = "routing:extension:42:1001") String key,
    @Schema(description = "Whether there is an entry; a negative one counts", example = "true")
        boolean cached,
    @Schema(description = "False if it is not a document of this service", example = "true")
        boolean readable,
    @Schema(description = "Remaining TTL in seconds; null if there is no entry", example = "1712")
        @Nullable Long ttlSeconds,
    @Schema(description = "Length of the entry in Redis in bytes; null if none", example = "412")
        @Nullable Long sizeBytes,
    @Schema(
            description =
                "When the entry's document was loaded from PostgreSQL; null if there is no entry, or it"
                    + " does not tell: a negative one, or one that the release before this one stored",
            example = "2026-11-23T14:00:00.123Z")
        @Nullable Instant loadedAt,
    @Schema(description = "Redis primary that serves the key", example = "redis-1:6379")
        String server,
    @Schema(description = "Schema version of the entry; null if there is none", example = "3")
        @Nullable Integer schemaVersion,
    @Schema(
            type = "object",
            description = "The entry; null if it is negative or there is none",
            example = "{\"extension_number\": \"1001\"}")
        @Nullable JsonNode value,
    @Schema(
            type = "object",
            description = "The row; null if there is none, or PostgreSQL could not be asked",
            example = "{\"extension_number\": \"1001\"}")
        @Nullable JsonNode database,
    @Schema(description = "Whether PostgreSQL could be asked", example = "true")
        boolean databaseRead,
    @Schema(
            description =
                "Whether both are equal; null if there is no entry, or PostgreSQL could not be asked",
            example = "true")
        @Nullable Boolean same) {}
