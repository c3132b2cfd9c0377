package io.voicerouting.routing;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RequestReader;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks documents up for a client of one organization: those of other organizations are absent.
 * Documents that belong to no single organization are shown.
 *
 * <p>Under a key without an organization, the status is the same for a document of another
 * organization and for one that does not exist. It has no remaining TTL, which would differ.
 */
final class ConfinedReader implements RequestReader {

  private final RequestReader reader;
  private final long organizationId;
  private @Nullable CacheKey hidden; // the document that was looked up last and hidden

  ConfinedReader(RequestReader reader, long organizationId) {
    this.reader = reader;
    this.organizationId = organizationId;
  }

  @Override
  public <V> Lookup<V> get(
      CachedResource<V> resource, long organization, @Nullable String identifier) {
    if (organization != CacheKey.NO_ORGANIZATION && organization != organizationId) {
      return new Lookup.Absent<>(CacheStatus.miss());
    }
    Lookup<V> found = reader.get(resource, organization, identifier);
    if (organization == organizationId || found instanceof Lookup.Unavailable<V>) {
      return found;
    }
    if (found instanceof Lookup.Found<V> document) {
      CacheKey key = new CacheKey(resource.name(), organization, identifier);
      if (isVisible(resource.owner(key, document.value()))) {
        return found;
      }
      hidden = key;
    }
    return new Lookup.Absent<>(withoutHint(found.status()));
  }

  /** Whether the document of a key belongs to another organization, as a lookup has found. */
  boolean hides(CacheKey key) {
    return key.equals(hidden);
  }

  /** Whether the client may see the documents of an owner, which may be no organization. */
  boolean isVisible(long owner) {
    return owner == organizationId || owner == CacheKey.NO_ORGANIZATION;
  }

  private static CacheStatus withoutHint(CacheStatus status) {
    String detail = status.degraded() ? CacheStatus.DEGRADED : null;
    return new CacheStatus(false, null, "miss", false, detail);
  }

  @Override
  public void expect(Supplier<List<CacheKey>> keys) {
    reader.expect(keys);
  }
}
