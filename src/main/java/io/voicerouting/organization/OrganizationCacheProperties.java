package io.voicerouting.organization;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of cached organizations.
 *
 * @param ttl TTL of a cache entry in Redis, positive
 */
@Validated
@ConfigurationProperties("routing.cache.organization")
record OrganizationCacheProperties(
    @DefaultValue("1800s") @NotNull @DurationMin(nanos = 0, inclusive = false) Duration ttl) {}
