package io.voicerouting.cache;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the cache engine. Lives of the documents are settings of their resources.
 *
 * @param negativeTtl longest time that "no such row" is remembered
 * @param commandTimeout longest wait for one reply of Redis
 * @param lookupBudget longest time that one lookup may lose to Redis, all its steps together
 * @param leaseWait longest wait for a document that another instance is loading
 * @param leaseTtl life of a fill lease; a load that takes longer is not stored
 * @param passInterval time from the start of one pass over the outbox to the start of the next
 * @param loadTimeout longest wait for a load from the database
 * @param maxConcurrentLoads loads that may run at the database at once
 */
@Validated
@ConfigurationProperties("routing.cache")
public record CacheProperties(
    @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration negativeTtl,
    @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(millis = 500)
        Duration commandTimeout,
    @DefaultValue("300ms") @DurationMin(millis = 1) @DurationMax(seconds = 5) Duration lookupBudget,
    @DefaultValue("100ms") @DurationMin(millis = 0) @DurationMax(seconds = 5) Duration leaseWait,
    @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(seconds = 30) Duration leaseTtl,
    @DefaultValue("100ms") @DurationMin(millis = 10) @DurationMax(millis = 500)
        Duration passInterval,
    @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(seconds = 30) Duration loadTimeout,
    @DefaultValue("16") @Min(1) @Max(1000) int maxConcurrentLoads) {}
