package io.voicerouting.cache.warm;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.lookup.KeyDemand;
import io.voicerouting.cache.lookup.ResourceKey;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The most requested keys. The keys of the table are also kept in memory, so that warming after a
 * loss needs no SQL. Thread-safe, but {@link #run} is called by one thread.
 */
final class HotKeys implements Runnable {

  static final Duration FLUSH_INTERVAL = Duration.ofMinutes(1);

  private static final Duration TRIM_INTERVAL = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(HotKeys.class);

  private final KeyDemand demand;
  private final HotKeyTable table;
  private final Map<String, ? extends CachedResource<?>> resources;
  private final RedisNodes nodes;
  private final NanoClock clock;
  private volatile @Nullable List<ResourceKey<?>> keys; // null: not read yet, or there were none
  private Deadline nextTrim;

  HotKeys(
      KeyDemand demand,
      HotKeyTable table,
      Collection<? extends CachedResource<?>> resources,
      RedisNodes nodes,
      NanoClock clock) {
    this.nodes = nodes;
    this.demand = demand;
    this.table = table;
    this.resources =
        resources.stream().collect(Collectors.toMap(CachedResource::name, Function.identity()));
    this.clock = clock;
    this.nextTrim = Deadline.after(TRIM_INTERVAL, clock);
  }

  /**
   * Writes the lookups of the last minute to the table. Sometimes reads the table again and trims
   * it: many keys take long to read, and much memory while they replace those before.
   */
  @Override
  public void run() {
    try {
      table.add(demand.drain());
      boolean due = nextTrim.passed();
      if (due || keys == null) {
        var unused = read();
      }
      if (due) {
        nextTrim = Deadline.after(TRIM_INTERVAL, clock);
        table.trim();
      }
    } catch (DataAccessException e) {
      LOG.debug("Voice routing cache: The lookups of a minute were not recorded", e);
    }
  }

  /**
   * Returns the keys of a primary, the most requested ones first; the first call reads them.
   *
   * @throws DataAccessException if they could not be read yet
   */
  List<ResourceKey<?>> of(RedisNode node) {
    List<ResourceKey<?>> known = keys;
    return of(node, known == null ? read() : known);
  }

  /**
   * Reads the keys of a primary again, since other instances may have added some.
   *
   * @throws DataAccessException if the database fails
   */
  List<ResourceKey<?>> readOf(RedisNode node) {
    return of(node, read());
  }

  private List<ResourceKey<?>> of(RedisNode node, List<ResourceKey<?>> all) {
    return all.stream().filter(one -> nodes.of(one.key()).equals(node)).toList();
  }

  int count() {
    List<ResourceKey<?>> known = keys;
    return known == null ? 0 : known.size();
  }

  private List<ResourceKey<?>> read() {
    List<ResourceKey<?>> found =
        table.read().stream().<ResourceKey<?>>mapMulti(this::withResource).toList();
    keys = found.isEmpty() ? null : found; // later calls may find some
    return found;
  }

  /** Drops keys that are of no resource: another version of the service may have written them. */
  private void withResource(CacheKey key, Consumer<ResourceKey<?>> accepted) {
    CachedResource<?> resource = resources.get(key.resource());
    if (resource != null && resource.isKey(key.organizationId(), key)) {
      accepted.accept(new ResourceKey<>(resource, key));
    }
  }
}
