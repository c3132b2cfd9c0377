package io.voicerouting.extension;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of cached extensions.
 *
 * @param ttl TTL of a cache entry in Redis, positive
 */
@Validated
@ConfigurationProperties("routing.cache.extension")
record ExtensionCacheProperties(
    @DefaultValue("1800s") @NotNull @DurationMin(nanos = 0, inclusive = false) Duration ttl) {}
