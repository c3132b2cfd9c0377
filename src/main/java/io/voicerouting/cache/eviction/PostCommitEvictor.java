package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Evicts after the commit of a writer and before its response. It waits until the rows are evicted
 * on every registered reign, but at most {@link #WAIT}: by then no instance trusts a reign on which
 * they are not evicted. It never fails the writer.
 *
 * <p>A row that names a whole organization takes effect in each instance, not on each server. No
 * registry lists the instances that have read it, so its writer waits the whole time.
 */
public final class PostCommitEvictor {

  /**
   * Longer than {@link Trust#SPAN}: by then every instance has seen the rows in a pass that began
   * after the commit, or has lost trust.
   */
  public static final Duration WAIT = Duration.ofMillis(1500);

  private static final Duration CLEAR_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final int CHECK_SHARE =
      4; // the pause after a check is at least four times as long as the check
  private static final Logger LOG = LoggerFactory.getLogger(PostCommitEvictor.class);

  private final RedisNodes nodes;
  private final RowSlots rowSlots;
  private final Evictor evictor;
  private final RedisRemoval removal;
  private final NodeEviction evictions;
  private final Outbox outbox;
  private final ReignRegistry reigns;
  private final CacheMeters meters;
  private final NanoClock clock;

  /**
   * @param nodes trust in a node is revoked when this instance could not evict there: only a pass
   *     that has evicted the rows on this instance's connection grants it again
   */
  public PostCommitEvictor(
      RedisNodes nodes,
      Evictor evictor,
      DataSource dataSource,
      CacheMeters meters,
      NanoClock clock) {
    this.nodes = nodes;
    this.rowSlots = new RowSlots(nodes);
    this.evictor = evictor;
    this.removal = new RedisRemoval(nodes, meters);
    this.evictions = new NodeEviction(nodes, evictor);
    // The wrapper hides the connection of a transaction that the writer may be within, which must
    // neither be waited for nor broken.
    DataSource outside = new DelegatingDataSource(dataSource);
    this.outbox = new Outbox(outside);
    this.reigns = new ReignRegistry(outside);
    this.meters = meters;
    this.clock = clock;
  }

  /** Evicts rows; called after the commit, when its connection is returned to the pool. */
  public void evict(List<OutboxRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Deadline deadline = Deadline.after(WAIT, clock);
    List<NodeEviction.Result> results =
        meters.spans().trace("evict", null, () -> evictions.evict(rows, deadline));
    results.stream()
        .filter(result -> result.done() == null && !result.moved())
        // This instance may be connected to another primary than those that evict.
        .forEach(result -> result.node().trust().revoke());
    var unused = awaitMeasured(rows, results, deadline);
    results.stream()
        .filter(result -> result.done() == null)
        .forEach(result -> evictor.evictLocally(result.rows()));
  }

  /**
   * Evicts everything of an organization, for all instances.
   *
   * @param organizationId {@link OutboxRow#ALL_ORGANIZATIONS} for all
   * @param tokenName name of the operator's token; null if nobody requested it
   * @return how many documents were removed
   * @throws CacheUnavailableException if the database did not store the row, or Redis did not
   *     confirm the eviction; in the latter case the relay evicts
   */
  public long clear(long organizationId, @Nullable String tokenName) {
    RedisConnection connection =
        nodes.of(RowSlots.index(organizationId)).connections().requireConnection();
    // Removed and counted before relay passes see the row, because passes return no count.
    long evicted =
        removal.removeIndexed(
            connection,
            organizationId,
            EvictionCause.OPERATOR,
            Deadline.after(CLEAR_TIMEOUT, clock));
    List<OutboxRow> row =
        List.of(add(() -> outbox.add(organizationId, tokenName))); // stays open for the relay
    CacheLog.cleared(organizationId, evicted, tokenName);
    var unused = evictByPasses(row);
    return evicted;
  }

  /**
   * Waits until the relay passes of all instances have evicted rows, which are committed and open.
   * Meanwhile and afterwards this instance's near caches have nothing that the rows name.
   *
   * @return whether the rows are known to be evicted on every registered reign; if not, no instance
   *     trusts a reign on which they are not
   */
  boolean evictByPasses(List<OutboxRow> rows) {
    if (rows.isEmpty()) {
      return true;
    }
    Deadline deadline = Deadline.after(WAIT, clock);
    evictor.evictLocally(rows);
    boolean confirmed = awaitMeasured(rows, List.of(), deadline);
    evictor.evictLocally(rows);
    return confirmed;
  }

  /**
   * Evicts one document, for all instances.
   *
   * @param tokenName name of the operator's token; null if nobody requested it
   * @return whether Redis had the document
   * @throws CacheUnavailableException if Redis did not confirm the eviction, or the database did
   *     not store the row
   */
  public boolean evict(CacheKey key, @Nullable String tokenName) {
    // Before relay passes see the row, because passes do not report what existed.
    boolean existed = evictor.evict(key, Deadline.after(WAIT, clock));
    CacheLog.evicted(key, existed, tokenName);
    evict(List.of(add(() -> outbox.add(key, tokenName))));
    return existed;
  }

  private static OutboxRow add(Supplier<OutboxRow> row) {
    try {
      return row.get();
    } catch (DataAccessException e) {
      throw new CacheUnavailableException("PostgreSQL could not record the eviction", e);
    }
  }

  /**
   * Evicts rows when it is not known whether the transaction was committed. Its rows stay open for
   * the relay: the commit may become visible only now, after this eviction, and must then be
   * followed by another one. A mark would have arrived too early for what is loaded until then.
   */
  void evictAfterUnknownOutcome(List<OutboxRow> rows) {
    List<OutboxRow> keys = rows.stream().filter(row -> !row.isOrganizationWide()).toList();
    if (!keys.isEmpty()) {
      var unused = evictions.evict(keys, Deadline.after(WAIT, clock));
    }
  }

  private boolean awaitMeasured(
      List<OutboxRow> rows, List<NodeEviction.Result> results, Deadline deadline) {
    long start = clock.getAsLong() - WAIT.toNanos() + deadline.remainingNanos(); // of the eviction
    boolean wide = rows.stream().anyMatch(OutboxRow::isOrganizationWide);
    boolean confirmed =
        meters
            .spans()
            .trace("writer wait", null, () -> awaitEveryInstance(rows, results, wide, deadline));
    CacheMeters.WriterWait result =
        confirmed ? CacheMeters.WriterWait.CONFIRMED : CacheMeters.WriterWait.TIMEOUT;
    meters.recordWriterWait(
        wide ? CacheMeters.WriterWait.ORGANIZATION_WIDE : result, clock.getAsLong() - start);
    return confirmed;
  }

  /**
   * Waits despite interrupts: an earlier response would break the promise of the API.
   *
   * @param results what this instance has evicted
   * @param wide whether some rows name whole organizations
   * @return whether the rows are evicted on every registered reign
   */
  private boolean awaitEveryInstance(
      List<OutboxRow> rows, List<NodeEviction.Result> results, boolean wide, Deadline deadline) {
    long interval = (wide ? WAIT : POLL_INTERVAL).toNanos();
    boolean interrupted = false;
    long start = clock.getAsLong();
    boolean evicted = areEvictedOnEveryReign(rows, results);
    while ((!evicted || wide) && !deadline.passed()) {
      long checkTime =
          clock.getAsLong() - start; // checks of very many rows must not occupy the database
      long pause = Math.max(interval, checkTime * CHECK_SHARE);
      LockSupport.parkNanos(Math.min(pause, deadline.remainingNanos()));
      interrupted |= Thread.interrupted();
      start = clock.getAsLong();
      evicted = areEvictedOnEveryReign(rows, results);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return evicted;
  }

  private boolean areEvictedOnEveryReign(List<OutboxRow> rows, List<NodeEviction.Result> results) {
    try {
      for (NodeEviction.Result result : results) {
        CompletedPass done = result.done();
        if (done != null) {
          outbox.markDone(done); // again, if another was marking them before
        }
      }
      return reigns.areEvicted(rows, rowSlots::of);
    } catch (RuntimeException e) {
      LOG.debug("Voice routing cache: Cannot check whether evictions are done, still waiting", e);
      return false;
    }
  }
}
