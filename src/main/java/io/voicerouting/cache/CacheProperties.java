package io.voicerouting.cache;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the cache engine. Those of TTLs are resolved to {@link CacheTtls}.
 *
 * @param commandTimeout longest wait for one reply of Redis; shorter than half of {@code
 *     lookup-budget}. 1ms to 500ms.
 * @param lookupBudget time limit of one lookup, or of all lookups of a decision together: half of
 *     it for Redis, and half of it until a lookup stops waiting for a database that is down. 1ms to
 *     2s.
 * @param leaseWait longest wait for a document that another instance is loading. 0 to 5s.
 * @param leaseTtl TTL of a fill lease; a load that takes longer is not stored. 100ms to 30s.
 * @param passInterval time from the start of one relay pass to the start of the next. 10ms to
 *     500ms.
 * @param loadTimeout longest wait for a load from the database. 10ms to 30s.
 * @param maxConcurrentLoads maximum number of concurrent loads from the database; keep it below the
 *     size of the connection pool, which writes need too. 1 to 1000.
 * @param negativeEntriesPerMinute maximum number of negative entries ("no such row") that an
 *     instance stores for one organization in a minute, and ten times that in all; further ones are
 *     not stored. 1 to 1000000.
 * @param near settings of the near cache
 */
@Validated
@ConfigurationProperties("routing.cache")
public record CacheProperties(
    @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(millis = 500)
        Duration commandTimeout,
    @DefaultValue("300ms") @DurationMin(millis = 1) @DurationMax(seconds = 2) Duration lookupBudget,
    @DefaultValue("100ms") @DurationMin(millis = 0) @DurationMax(seconds = 5) Duration leaseWait,
    @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(seconds = 30) Duration leaseTtl,
    @DefaultValue("100ms") @DurationMin(millis = 10) @DurationMax(millis = 500)
        Duration passInterval,
    @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(seconds = 30) Duration loadTimeout,
    @DefaultValue("16") @Min(1) @Max(1000) int maxConcurrentLoads,
    @DefaultValue("1000") @Min(1) @Max(1_000_000) int negativeEntriesPerMinute,
    @Valid @DefaultValue Near near) {

  /**
   * A longer timeout would never be reached within the budget, so that no lookup could revoke trust
   * in a Redis that does not answer.
   */
  @AssertTrue(message = "command-timeout must be shorter than half of lookup-budget")
  boolean isCommandTimeoutWithinBudget() {
    return commandTimeout.compareTo(lookupBudget.dividedBy(2)) < 0;
  }

  /**
   * Settings of the near cache, which keeps documents in the process.
   *
   * @param enabled whether documents are kept in the process. They are at most two seconds behind
   *     another instance's write.
   * @param ttl longest time that an entry answers before it is read from Redis again. 1s to 5m.
   * @param maxSize approximate limit of the heap that all entries take; if the near cache is off,
   *     of the decoded documents that are kept to avoid decoding the same bytes again. 1MB or more.
   */
  public record Near(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("30s")
          @DurationUnit(ChronoUnit.SECONDS)
          @DurationMin(seconds = 1)
          @DurationMax(minutes = 5)
          Duration ttl,
      @DefaultValue("64MB") DataSize maxSize) {

    private static final DataSize SMALLEST = DataSize.ofMegabytes(1);

    /**
     * Checks what no annotation can.
     *
     * @throws IllegalArgumentException if the size is too small to be useful
     */
    public Near {
      if (maxSize.compareTo(SMALLEST) < 0) {
        throw new IllegalArgumentException(
            "routing.cache.near.max-size: '" + maxSize + "' (expected: 1MB or more)");
      }
    }
  }
}
