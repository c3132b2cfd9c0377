package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicerouting.cache.document.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Extensions, read from the real table, with a place where a test can stop the load. */
public final class HookedExtensions implements CachedResource<HookedExtensions.Document> {

  public static final Duration TTL = Duration.ofMinutes(30);

  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          "select organization_id, extension_number as identifier, organization_id as owner_id, type"
              + " from extensions",
          List.of(new TaggedKeys.Tag("type", "a type", type -> true)));

  private static final AtomicReference<Runnable> AFTER_NEXT_DECODING =
      new AtomicReference<>(HookedExtensions::nothing);

  /** "No such row", as it is stored. */
  static final LoadResult<Document> ABSENT = new LoadResult<>(null, null);

  private final ResourceDefinition<Document> definition;
  private final CoherenceDatabase database;
  private final AtomicInteger loads = new AtomicInteger();
  private volatile Runnable afterEveryRead = HookedExtensions::nothing;
  private final AtomicReference<Runnable> afterRead =
      new AtomicReference<>(HookedExtensions::nothing);

  public HookedExtensions(CoherenceDatabase database) {
    this(database, 1);
  }

  /** As a version of the service has them whose documents have this schema version. */
  public HookedExtensions(CoherenceDatabase database, int schemaVersion) {
    this.definition =
        new ResourceDefinition<>("extension", "Extension", Document.class, schemaVersion, TTL);
    this.database = database;
  }

  public record Document(String displayName) {

    /** Decodes an entry found in Redis. */
    @JsonCreator
    static Document decoded(@JsonProperty("display_name") String displayName) {
      AFTER_NEXT_DECODING.getAndSet(HookedExtensions::nothing).run();
      return new Document(displayName);
    }
  }

  /** Sets what runs in the next lookup that finds an entry in Redis, after it was decoded. */
  static void afterNextDecoding(Runnable hook) {
    AFTER_NEXT_DECODING.set(hook);
  }

  /** Sets what runs in every load after it has read the row. */
  void afterEveryRead(Runnable hook) {
    afterEveryRead = hook;
  }

  /** What the next load does with what it read in its hands; those after it do nothing. */
  public void afterNextRead(Runnable hook) {
    afterRead.set(hook);
  }

  public int loads() {
    return loads.get();
  }

  @Override
  public ResourceDefinition<Document> definition() {
    return definition;
  }

  @Override
  public @Nullable LoadedDocument<Document> load(long organizationId, @Nullable String identifier) {
    loads.incrementAndGet();
    LoadedDocument<String> row = database.load(organizationId, identifier);
    afterRead.getAndSet(HookedExtensions::nothing).run();
    afterEveryRead.run();
    return row == null
        ? null
        : new LoadedDocument<>(new Document(row.value()), row.snapshot(), row.changedAt());
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return List.of();
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }

  private static void nothing() {}
}
