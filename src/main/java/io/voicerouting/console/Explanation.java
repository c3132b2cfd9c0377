package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.BusinessHoursMatch;
import io.voicerouting.routing.BusinessHoursWeek;
import io.voicerouting.routing.Decision;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A decision with everything that led to it. */
@Schema(description = "A decision with everything that led to it")
record Explanation(
    Decision decision,
    @Schema(description = "The organization; null if there is none") @Nullable Owner organization,
    @Schema(
            description = "Zone of the schedule, or else of the organization, or else UTC",
            example = "America/New_York")
        String timezone,
    @Schema(description = "The instant in that zone", example = "2026-12-25T10:00:00-05:00")
        OffsetDateTime localTime,
    @Schema(description = "The hours; null if the decision does not depend on them")
        @Nullable Hours hours,
    @Schema(
            description =
                "The overrides that decide in the week of the hours, by id; none if PostgreSQL could not be asked")
        List<OverrideDetails> overrides,
    @Schema(description = "The documents, in the order of their lookups") List<Document> lookups,
    Comparison database,
    @Schema(description = "The decision with the edited schedule; null if none was given")
        @Nullable WhatIf whatIf) {

  /** Copies the lists. */
  Explanation {
    overrides = List.copyOf(overrides);
    lookups = List.copyOf(lookups);
  }

  /** Whose call it is. */
  @Schema(name = "CallOwner", description = "The organization of a call")
  record Owner(
      @Schema(description = "Id", example = "42") long id,
      @Schema(description = "Display name", example = "Acme Telephony") String name,
      @Schema(description = "IANA time zone id", example = "America/New_York") String timezone) {}

  /** The hours of the call. */
  @Schema(name = "ExplainedHours", description = "The hours of a call")
  record Hours(
      @Schema(description = "Id of the schedule; null if there is none", example = "7")
          @Nullable Long scheduleId,
      @Schema(description = "Its name; null if there is none", example = "Head office")
          @Nullable String scheduleName,
      @Schema(
              description =
                  "The range that covers the instant, or the exception that closes its date")
          @Nullable BusinessHoursMatch matched,
      @Schema(
              description =
                  "Local time of the next change of the state; null if none within 366 days",
              example = "2026-12-28T09:00:00-05:00")
          @Nullable OffsetDateTime nextChange,
      BusinessHoursWeek week) {}

  /** A document that a decision used. */
  @Schema(name = "ExplainedDocument", description = "A document that a decision used")
  record Document(
      @Schema(description = "Key in Redis", example = "routing:extension:42:1001") String key,
      @Schema(description = "Kind of document", example = "extension") String resource,
      @Schema(
              description = "How the lookup was answered (RFC 9211)",
              example = "voice-routing; hit; ttl=1712")
          String cacheStatus,
      @Schema(
              type = "object",
              description = "As the decision used it; null if there is no such row",
              example = "{\"extension_number\": \"1001\"}")
          @Nullable JsonNode value,
      @Schema(
              description = "Redis primary that serves the key; null if Redis is down",
              example = "redis-1:6379")
          @Nullable String server,
      @Schema(description = "Length of the entry in Redis in bytes; null if none", example = "412")
          @Nullable Long sizeBytes,
      @Schema(description = "Seconds until the entry in Redis ends; null if none", example = "1712")
          @Nullable Long ttlSeconds,
      @Schema(
              description =
                  "When the document of the entry in Redis was loaded from PostgreSQL; null if none, or it"
                      + " does not tell",
              example = "2026-11-23T14:00:00.123Z")
          @Nullable Instant loadedAt,
      @Schema(
              type = "object",
              description = "As PostgreSQL has it now; null if there is no such row",
              example = "{\"extension_number\": \"1001\"}")
          @Nullable JsonNode database,
      @Schema(
              description = "Whether both are equal; null if PostgreSQL could not be asked",
              example = "true")
          @Nullable Boolean same) {}

  /** The decision on documents that were loaded from PostgreSQL. */
  @Schema(
      name = "DatabaseComparison",
      description = "The same decision on documents from PostgreSQL")
  record Comparison(
      @Schema(description = "The decision; null if PostgreSQL could not be asked")
          @Nullable Decision decision,
      @Schema(
              description = "Whether it does the same with the call; null if there is none",
              example = "true")
          @Nullable Boolean same,
      @Schema(description = "Why there is none; or null", example = "null")
          @Nullable String problem) {}

  /** The decision with an edited schedule. */
  @Schema(name = "WhatIf", description = "The decision with an edited schedule, which is not saved")
  record WhatIf(
      Decision decision,
      @Schema(description = "Whether it does the same with the call", example = "false")
          boolean same,
      @Schema(description = "The edited hours; null if the decision does not depend on them")
          @Nullable Hours hours) {}
}
