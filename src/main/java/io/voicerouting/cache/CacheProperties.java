package io.voicerouting.cache;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the cache engine. Lives of the documents are settings of their resources.
 *
 * @param negativeTtl longest time that "no such row" is remembered
 * @param commandTimeout longest wait for one reply of Redis
 * @param lookupBudget longest time that one lookup, or all of a decision, may lose: half of it to
 *     Redis, all its steps together, and half of it until a database that is away is given up
 * @param leaseWait longest wait for a document that another instance is loading
 * @param leaseTtl life of a fill lease; a load that takes longer is not stored
 * @param passInterval time from the start of one pass over the outbox to the start of the next
 * @param loadTimeout longest wait for a load from the database
 * @param maxConcurrentLoads loads that may run at the database at once
 * @param near settings of the near cache
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
    @DefaultValue("16") @Min(1) @Max(1000) int maxConcurrentLoads,
    @Valid @DefaultValue Near near) {

  /** Else no lookup would ever find Redis out. */
  @AssertTrue(message = "command-timeout must be shorter than half of lookup-budget")
  boolean isCommandTimeoutWithinBudget() {
    return commandTimeout.compareTo(lookupBudget.dividedBy(2)) < 0;
  }

  /**
   * Settings of the near cache, which keeps documents in the process.
   *
   * @param enabled whether there is one
   * @param ttl longest life of an entry, though Redis never told that it changed
   * @param maxSize heap that all entries together may take, about; while it is off, what documents
   *     may take that were read from Redis, so that the same bytes are not decoded each time
   */
  public record Near(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration ttl,
      @DefaultValue("64MB") DataSize maxSize) {

    private static final DataSize SMALLEST = DataSize.ofMegabytes(1);

    /**
     * Checks what no annotation can.
     *
     * @throws IllegalArgumentException when the size is too small to be of use
     */
    public Near {
      if (maxSize.compareTo(SMALLEST) < 0) {
        throw new IllegalArgumentException(
            "routing.cache.near.max-size: '" + maxSize + "' (expected: 1MB or more)");
      }
    }
  }
}
