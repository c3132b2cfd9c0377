package io.voicerouting.cache.database;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.document.LoadResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads from the database, shared like a group commit: a caller that arrives while a load runs
 * waits for the next load, which begins after it. So no caller is given a document that was read
 * before its call, and per key at most one load runs and one waits. A load that timed out counts as
 * ended, although the database may still run it. Loads for a fill are shared in the same way: the
 * lease is granted before the call, and the load begins after it.
 */
public final class CoalescedLoads {

  private final DatabaseLoader loader;
  private final Map<CacheKey, Group> groups = new ConcurrentHashMap<>();

  public CoalescedLoads(DatabaseLoader loader) {
    this.loader = loader;
  }

  private record Group(
      CompletableFuture<LoadResult<?>> running,
      @Nullable CompletableFuture<LoadResult<?>> waiting) {}

  /**
   * Returns a load that begins after this call. It fails with a {@link LoadFailedException} if the
   * database is down or does not answer in time.
   */
  @SuppressWarnings("unchecked") // a key belongs to one resource, which has one type
  public <V> CompletableFuture<LoadResult<V>> next(CachedResource<V> resource, CacheKey key) {
    return (CompletableFuture<LoadResult<V>>) (CompletableFuture<?>) join(resource, key);
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the one created here
  private CompletableFuture<LoadResult<?>> join(CachedResource<?> resource, CacheKey key) {
    CompletableFuture<LoadResult<?>> fresh = new CompletableFuture<>();
    Group group =
        groups.compute(
            key,
            (same, current) -> {
              if (current == null) {
                return new Group(fresh, null);
              }
              return current.waiting() == null ? new Group(current.running(), fresh) : current;
            });
    if (group.running() == fresh) {
      run(resource, key, fresh);
      return fresh;
    }
    return group.waiting() == null ? fresh : group.waiting();
  }

  private void run(
      CachedResource<?> resource, CacheKey key, CompletableFuture<LoadResult<?>> load) {
    var unused =
        loader
            .start(resource, key)
            .whenComplete(
                (loaded, failure) -> {
                  Throwable cause = failure == null ? null : DatabaseLoader.unwrap(failure);
                  if (cause instanceof DatabaseLoader.TooManyLoadsException) {
                    refuse(key, cause);
                    return;
                  }
                  CompletableFuture<LoadResult<?>> next = leave(key);
                  if (cause == null) {
                    load.complete(loaded);
                  } else {
                    load.completeExceptionally(cause);
                  }
                  if (next != null) {
                    run(resource, key, next);
                  }
                });
  }

  /** Fails the waiting load together with the running one: it would have to wait as long again. */
  private void refuse(CacheKey key, Throwable cause) {
    Group group = groups.remove(key);
    if (group != null) {
      group.running().completeExceptionally(cause);
      if (group.waiting() != null) {
        group.waiting().completeExceptionally(cause);
      }
    }
  }

  /** Ends the running load; returns the waiting one, if any, which is the running one now. */
  private @Nullable CompletableFuture<LoadResult<?>> leave(CacheKey key) {
    Group group =
        groups.computeIfPresent(
            key,
            (same, current) ->
                current.waiting() == null ? null : new Group(current.waiting(), null));
    return group == null ? null : group.running();
  }
}
