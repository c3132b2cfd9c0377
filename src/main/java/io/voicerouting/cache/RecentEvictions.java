package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The last evictions of a key or of an organization.
 *
 * @param items the newest first
 */
public record RecentEvictions(List<Item> items) {

  /** Copies the list. */
  public RecentEvictions {
    items = List.copyOf(items);
  }

  /**
   * One eviction. Members that are null are left out.
   *
   * @param key the key in Redis; null for every entry of an organization or of all
   * @param organizationId the organization in the key or whose entries were evicted; null for all
   * @param cause null if an earlier release recorded it
   * @param changedTable table whose rows were changed; null for other causes
   * @param operation how they were changed: {@code insert}, {@code update}, {@code delete} or
   *     {@code truncate}; null for other causes, and if an earlier release recorded it
   * @param statement text that the client of the database sent, shortened; null for a change
   *     through the API, for other causes, and if it is not kept
   * @param selection of a bulk eviction, as in {@link EvictionSelection#describe()}; null for other
   *     causes, and if an earlier release recorded it
   * @param tokenName name of the token that requested it; null for a change by SQL, or without a
   *     token
   * @param applicationName of the database session; null without one
   * @param databaseUser of the database session; null without one
   * @param detail what was wrong or done; null for none
   * @param instance host name of the instance that noticed it; null for a change or a request
   * @param statedAt when the statement was executed, the operator asked, or the loss was noticed
   * @param confirmedAt when the first Redis primary had confirmed it; null if it is still open
   * @param tookMs milliseconds between the two
   * @param servers the Redis primaries that have confirmed it, in order
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Item(
      @Nullable String key,
      @Nullable Long organizationId,
      @Nullable EvictionCause cause,
      @Nullable String changedTable,
      @Nullable String operation,
      @Nullable String statement,
      @Nullable String selection,
      @Nullable String tokenName,
      @Nullable String applicationName,
      @Nullable String databaseUser,
      @Nullable String detail,
      @Nullable String instance,
      Instant statedAt,
      @Nullable Instant confirmedAt,
      @Nullable Long tookMs,
      List<Confirmation> servers) {

    /** Copies the list. */
    public Item {
      servers = List.copyOf(servers);
    }
  }

  /**
   * One Redis primary's confirmation.
   *
   * @param server its {@code host:port}
   * @param confirmedAt when it was recorded
   * @param tookMs milliseconds since the statement
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Confirmation(String server, Instant confirmedAt, long tookMs) {

    /** Creates a confirmation. */
    public static Confirmation of(String server, Instant stated, Instant confirmed) {
      return new Confirmation(server, confirmed, Duration.between(stated, confirmed).toMillis());
    }
  }
}
