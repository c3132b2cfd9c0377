package io.voicerouting.cache.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * TTL settings, validated by {@link TtlSettings}. A number without a unit means seconds.
 *
 * @param negativeTtl TTL of negative entries ("no such row") of resources without a {@code
 *     negative-ttl} of their own; by default each resource's default. 1s to 1h.
 * @param longestTtl longest TTL of documents of resources without a {@code longest-ttl} of their
 *     own; by default each resource's {@code ttl}, so that all of its documents have that. 1s to
 *     30d.
 * @param resources settings of one cached resource: its {@code ttl} (1s to 30d), {@code
 *     longest-ttl} (not shorter, to 30d) and {@code negative-ttl} (1s to 1h), such as {@code
 *     routing.cache.resources.extension.ttl}.
 */
@ConfigurationProperties("routing.cache")
record TtlProperties(
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration negativeTtl,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration longestTtl,
    @DefaultValue Map<String, Resource> resources) {

  /**
   * TTL settings of one resource.
   *
   * @param ttl shortest TTL of a document; null for the resource's default
   * @param longestTtl TTL of a document that has not changed for ten times as long; null for the
   *     default
   * @param negativeTtl TTL of "no such row"; null for the default
   */
  record Resource(
      @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration ttl,
      @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration longestTtl,
      @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration negativeTtl) {

    /** No settings: the resource's defaults apply. */
    static final Resource DEFAULTS = new Resource(null, null, null);
  }
}
