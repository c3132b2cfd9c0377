package io.voicerouting.cache.config;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.ConcurrentTasks;
import io.voicerouting.cache.support.RedisRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Loads the entries that an organization's callers will probably need. */
final class CacheWarmer {

  /** Low, to leave the database to the callers. */
  private static final int CONCURRENCY = 4;

  private final CacheAsideEngine engine;
  private final RedisNodes nodes;
  private final List<CachedResource<?>> resources;
  private final RedisRefusals refusals;
  private final TransactionTemplate transaction;

  CacheWarmer(
      CacheAsideEngine engine,
      RedisNodes nodes,
      List<CachedResource<?>> resources,
      RedisRefusals refusals,
      PlatformTransactionManager transactionManager) {
    this.engine = engine;
    this.nodes = nodes;
    this.resources = resources;
    this.refusals = refusals;
    this.transaction = new TransactionTemplate(transactionManager);
    this.transaction.setReadOnly(true);
  }

  /**
   * Returns the number of documents that are cached afterwards.
   *
   * @throws CacheUnavailableException if Redis or the database is down, or Redis refuses to store
   */
  int warm(long organizationId) {
    requireTrust();
    List<Callable<Boolean>> loads = new ArrayList<>();
    for (CachedResource<?> resource : resources) {
      for (CacheKey key : keysToWarm(resource, organizationId)) {
        loads.add(() -> cached(engine.get(resource, key)));
      }
    }
    int cached = ConcurrentTasks.countTrue(CONCURRENCY, loads);
    String refusal = refusals.recent();
    if (cached < loads.size() && refusal != null) {
      throw new CacheUnavailableException(
          "Redis stores %d of %d documents: %s".formatted(cached, loads.size(), refusal));
    }
    return cached;
  }

  /** One trusted primary is enough: documents of the others are not cached, and not counted. */
  private void requireTrust() {
    List<Trust.State> states = nodes.all().stream().map(node -> node.trust().state()).toList();
    if (states.stream().noneMatch(state -> state instanceof Trust.State.Trusted)) {
      boolean degraded = states.stream().anyMatch(state -> state instanceof Trust.State.Degraded);
      throw new CacheUnavailableException(degraded ? "The database is down" : "Redis is down");
    }
  }

  private List<CacheKey> keysToWarm(CachedResource<?> resource, long organizationId) {
    try {
      return transaction.execute(status -> resource.keysToWarm(organizationId));
    } catch (TransactionException | DataAccessException e) {
      throw new CacheUnavailableException("The database is down", e);
    }
  }

  private static boolean cached(Lookup<?> lookup) {
    return lookup instanceof Lookup.Found<?> found
        && (found.status().hit() || found.status().stored());
  }
}
