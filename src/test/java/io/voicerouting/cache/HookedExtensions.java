package io.voicerouting.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Extensions, read from the real table, with a place where a test can stop the load. */
final class HookedExtensions implements CachedResource<HookedExtensions.Document> {

  private final CoherenceDatabase database;
  private final AtomicInteger loads = new AtomicInteger();
  private volatile Runnable afterEveryRead = HookedExtensions::nothing;
  private final AtomicReference<Runnable> afterRead =
      new AtomicReference<>(HookedExtensions::nothing);

  HookedExtensions(CoherenceDatabase database) {
    this.database = database;
  }

  record Document(String displayName) {}

  /** What every load does with what it read in its hands. */
  void afterEveryRead(Runnable hook) {
    afterEveryRead = hook;
  }

  /** What the next load does with what it read in its hands; those after it do nothing. */
  void afterNextRead(Runnable hook) {
    afterRead.set(hook);
  }

  int loads() {
    return loads.get();
  }

  @Override
  public String name() {
    return "extension";
  }

  @Override
  public String title() {
    return "Extension";
  }

  @Override
  public Class<Document> type() {
    return Document.class;
  }

  @Override
  public int schemaVersion() {
    return 1;
  }

  @Override
  public Duration ttl() {
    return Duration.ofMinutes(30);
  }

  @Override
  public @Nullable Document load(long organizationId, @Nullable String identifier) {
    loads.incrementAndGet();
    String displayName = database.displayName(organizationId, identifier);
    afterRead.getAndSet(HookedExtensions::nothing).run();
    afterEveryRead.run();
    return displayName == null ? null : new Document(displayName);
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return List.of();
  }

  private static void nothing() {}
}
