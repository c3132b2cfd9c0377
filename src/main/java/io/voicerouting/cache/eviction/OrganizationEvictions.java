package io.voicerouting.cache.eviction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.eviction.EvictionMarks.Mark;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The organization-wide evictions that this instance has read, called marks. A mark voids every
 * document of its organization whose load did not see the mark's transaction. It needs neither the
 * index of the organization's keys nor a reply from Redis. Thread-safe.
 *
 * <p>A negative entry carries no snapshot. One that was loaded before a mark was stored within the
 * TTL of a lease after the mark's arrival here, and has expired one negative TTL later. Until then
 * negative entries of the organization are void, unless this instance itself has stored "no such
 * row" under that key since: a value that is stored there later has been loaded later.
 */
public final class OrganizationEvictions {

  /**
   * Most transactions that begin between two passes. A document that another instance loaded after
   * this instance's last pass has a newer snapshot than the pass, but by no more than this.
   */
  static final long MAX_XIDS_BETWEEN_PASSES = 10_000;

  private static final int MAX_CONFIRMED = 10_000;

  private final NanoClock clock;
  private final Duration negativeEntry;
  private final Map<Long, EvictionMarks> byOrganization = new ConcurrentHashMap<>();
  private final AtomicLong arrivals = new AtomicLong();
  private final Cache<CacheKey, Long> confirmedAbsences =
      Caffeine.newBuilder().maximumSize(MAX_CONFIRMED).build();
  private volatile @Nullable Pass lastPass; // null: none yet

  private record Pass(long xmax, long startNanos) {}

  /**
   * Creates a record of no evictions.
   *
   * @param negativeEntry longest time from the load of "no such row" to the end of its entry: the
   *     TTLs of a lease and of a negative entry
   */
  public OrganizationEvictions(NanoClock clock, Duration negativeEntry) {
    this.clock = clock;
    this.negativeEntry = negativeEntry;
  }

  /**
   * Adds a mark, if it is new.
   *
   * @param organizationId {@link OutboxRow#ALL_ORGANIZATIONS} for all
   * @param xactId the transaction that requires the eviction
   */
  void add(long organizationId, long xactId) {
    byOrganization.compute(
        organizationId,
        (same, known) -> {
          EvictionMarks before = known == null ? EvictionMarks.NONE : known;
          return before.contains(xactId)
              ? before
              : before.with(new Mark(xactId, clock.getAsLong()), arrivals.incrementAndGet());
        });
  }

  /**
   * Counts all marks as arrived now: another server may hold entries that the previous one had
   * removed.
   */
  void renewMarks() {
    byOrganization.replaceAll(
        (same, known) -> known.renewed(clock.getAsLong(), arrivals.incrementAndGet()));
  }

  /**
   * Records the snapshot of a pass: no document is much newer.
   *
   * @param startNanos when the pass began
   */
  void recordPass(DatabaseSnapshot snapshot, long startNanos) {
    lastPass = new Pass(snapshot.xmax(), startNanos);
  }

  /**
   * Removes marks that are older than every document.
   *
   * @param keep longer than the TTL of any document
   */
  void forgetExpired(Duration keep) {
    long now = clock.getAsLong();
    for (long organizationId : byOrganization.keySet()) {
      byOrganization.computeIfPresent(
          organizationId,
          (same, known) -> {
            EvictionMarks left = known.without(mark -> now - mark.arrivedNanos() > keep.toNanos());
            return left.marks().isEmpty() ? null : left;
          });
    }
  }

  /** Returns how many marks have arrived so far; read it before a load. */
  public long arrivals() {
    return arrivals.get();
  }

  /**
   * Whether a document that is stored in Redis must not be used.
   *
   * @param owner the organization that the document belongs to
   */
  public boolean voids(CacheKey key, long owner, LoadResult<?> stored) {
    return stored.value() == null
        ? voidsAbsence(key)
        : voidsDocument(key, owner, stored.snapshot()) || isFromTheFuture(stored.snapshot());
  }

  /**
   * Whether a loaded document must not be shared with callers who came after its load began.
   *
   * @param owner the organization that the document belongs to
   * @param arrivalsBefore {@link #arrivals()} before the load
   */
  public boolean voidsLoaded(CacheKey key, long owner, LoadResult<?> loaded, long arrivalsBefore) {
    return loaded.value() == null
        ? marks(key).anyMatch(marks -> marks.arrival() > arrivalsBefore)
        : voidsDocument(key, owner, loaded.snapshot());
  }

  /**
   * Records that this instance has stored "no such row" under a key.
   *
   * @param arrivalsBefore {@link #arrivals()} before the load
   */
  public void confirmAbsence(CacheKey key, long arrivalsBefore) {
    if (marks(key).findAny().isPresent()) {
      confirmedAbsences.put(key, arrivalsBefore);
    }
  }

  private boolean voidsAbsence(CacheKey key) {
    long now = clock.getAsLong();
    Long confirmed = confirmedAbsences.getIfPresent(key);
    return marks(key)
        .anyMatch(
            marks ->
                now - marks.arrivedNanos() <= negativeEntry.toNanos()
                    && (confirmed == null || confirmed < marks.arrival()));
  }

  private boolean voidsDocument(CacheKey key, long owner, @Nullable DatabaseSnapshot snapshot) {
    if (byOrganization.isEmpty()) { // as nearly always
      return false;
    }
    return marks(key).anyMatch(marks -> marks.voids(snapshot))
        || (owner != key.organizationId()
            && byOrganization.getOrDefault(owner, EvictionMarks.NONE).voids(snapshot));
  }

  /**
   * This happens after a restore into another database cluster, whose transaction ids start again.
   */
  private boolean isFromTheFuture(@Nullable DatabaseSnapshot snapshot) {
    Pass pass = lastPass;
    return snapshot != null
        && pass != null
        && snapshot.xmax() - pass.xmax() > MAX_XIDS_BETWEEN_PASSES
        && clock.getAsLong() - pass.startNanos() <= Trust.SPAN.toNanos();
  }

  private Stream<EvictionMarks> marks(CacheKey key) {
    return byOrganization.isEmpty()
        ? Stream.empty()
        : Stream.of(key.organizationId(), OutboxRow.ALL_ORGANIZATIONS)
            .map(byOrganization::get)
            .filter(marks -> marks != null);
  }
}
