package io.voicerouting.cache.warm;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.LoadFailedException;
import io.voicerouting.cache.lookup.EntryWarmer;
import io.voicerouting.cache.lookup.ResourceKey;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.support.ConcurrentTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Fills entries, a few at a time, so that most of the permitted loads are left to callers. */
final class BoundedLoads {

  /** Warming uses one in four of the permitted loads. */
  private static final int SHARE = 4;

  private static final int ROUNDS = 4;

  private final EntryWarmer warmer;
  private final int concurrency;

  BoundedLoads(EntryWarmer warmer, int maxConcurrentLoads) {
    this.warmer = warmer;
    this.concurrency = Math.max(1, maxConcurrentLoads / SHARE);
  }

  /** Returns how many keys to load at once; even if each load times out, the lease outlasts it. */
  int batch() {
    return concurrency * ROUNDS;
  }

  /**
   * Loads documents and stores them. Skips those that cannot be loaded although the database
   * answers.
   *
   * @return how many are stored
   * @throws CacheUnavailableException if Redis failed
   * @throws LoadFailedException if the database failed
   */
  int run(RedisNode node, List<ResourceKey<?>> keys) {
    List<Callable<Boolean>> fills = new ArrayList<>();
    keys.forEach(key -> fills.add(() -> fill(node, key)));
    return ConcurrentTasks.countTrue(concurrency, fills);
  }

  private boolean fill(RedisNode node, ResourceKey<?> key) {
    try {
      return warmer.fill(node, key);
    } catch (LoadFailedException e) {
      if (isFaultOfDocument(e.getCause())) {
        return false;
      }
      throw e;
    } catch (CacheUnavailableException | RedisException e) {
      throw e;
    } catch (RuntimeException e) {
      return false; // the loader has logged it
    }
  }

  private static boolean isFaultOfDocument(@Nullable Throwable cause) {
    return cause instanceof InvalidDataAccessApiUsageException
        || cause instanceof DataIntegrityViolationException
        || cause instanceof DataRetrievalFailureException;
  }
}
