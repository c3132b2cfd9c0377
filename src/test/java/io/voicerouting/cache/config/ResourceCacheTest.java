package io.voicerouting.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RoutingCache;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resource as a Spring cache. */
@SuppressWarnings("unchecked")
class ResourceCacheTest {

  private final RoutingCache routing = mock();
  private final CachedResource<String> resource = mock();
  private final ResourceCache<String> cache = new ResourceCache<>(routing, resource);

  @BeforeEach
  void name() {
    when(resource.name()).thenReturn("extension");
  }

  @Test
  void readsLikeALookup() {
    when(routing.get(resource, 7, "1001"))
        .thenReturn(new Lookup.Found<>("document", CacheStatus.miss()));

    assertThat(cache.get("7:1001", String.class)).isEqualTo("document");
  }

  @Test
  void distinguishesNoSuchRowFromAnUnavailableDatabase() {
    when(routing.get(resource, 7, "1001")).thenReturn(new Lookup.Absent<>(CacheStatus.miss()));
    when(routing.get(resource, 8, null))
        .thenReturn(new Lookup.Unavailable<>(Duration.ofSeconds(1), CacheStatus.miss()));

    assertThat(Objects.requireNonNull(cache.get("7:1001")).get()).isNull();
    assertThat(cache.get("8")).isNull();
  }

  @Test
  void evictsAndRefusesToStore() {
    cache.evict("7:1001");

    verify(routing).evict(new CacheKey("extension", 7, "1001"));
    assertThatThrownBy(() -> cache.put("7:1001", "document"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> cache.get("7:1001", () -> "document"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
