package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs, and with which settings. */
@Schema(description = "What runs, and with which settings")
record Servers(
    @Schema(description = "Instances that have stated within three minutes that they run")
        List<Instance> instances,
    @Schema(description = "Version of PostgreSQL; null if it could not be asked", example = "17.11")
        @Nullable String postgresql,
    RedisTopology redis,
    @Schema(description = "JDK of the instance that answers", example = "25.0.3") String java,
    @Schema(description = "Settings of the cache; no secrets") List<Setting> settings) {

  /** Copies the lists. */
  Servers {
    instances = List.copyOf(instances);
    settings = List.copyOf(settings);
  }

  /** An instance of this service. */
  @Schema(name = "RunningInstance", description = "An instance of this service")
  record Instance(
      @Schema(description = "Host name", example = "routing-1") String host,
      @Schema(description = "Version of its time zone rules", example = "2026a") String tzdata,
      @Schema(description = "When it said so last", example = "2026-11-23T14:00:00Z")
          Instant seenAt) {}

  /** A setting and its value in force. */
  @Schema(name = "SettingInForce", description = "A setting and its value in force")
  record Setting(
      @Schema(description = "Name", example = "routing.cache.command-timeout") String name,
      @Schema(description = "Value", example = "100ms") String value) {}
}
