package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.organization.OrganizationResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A decision has the cache prefetch exactly what it looks up, unless a call is forwarded. */
class DecisionPrefetchTest {

  private static final Instant OPEN = Instant.parse("2026-11-23T14:00:00Z");

  private final MapDirectory stored =
      new MapDirectory()
          .schedule(Schedules.in("America/New_York").weekdays("09:00-17:00").view())
          .extension("1001", ExtensionType.USER);
  private final OrganizationResource organizations =
      named(mock(OrganizationResource.class), OrganizationResource.NAME);
  private final ExtensionResource extensions =
      named(mock(ExtensionResource.class), ExtensionResource.NAME);
  private final BusinessHoursResource businessHours =
      named(mock(BusinessHoursResource.class), BusinessHoursResource.NAME);
  private final RoutingCache cache = mock(RoutingCache.class);
  private final RequestReader reader = mock(RequestReader.class);
  private final List<CacheKey> prefetched = new ArrayList<>();
  private final List<CacheKey> lookedUp = new ArrayList<>();

  @BeforeEach
  void recordKeys() {
    when(cache.forRequest()).thenReturn(reader);
    doAnswer(call -> prefetched.addAll(call.getArgument(0))).when(reader).expect(any());
    when(reader.get(any(), anyLong(), any()))
        .thenAnswer(call -> get(call.getArgument(0), call.getArgument(1), call.getArgument(2)));
  }

  @ParameterizedTest
  @CsvSource({"INTERNAL, 1001", "INBOUND, 1001", "INBOUND,"})
  void prefetchesWhatItLooksUp(CallDirection direction, @Nullable String to) {
    RoutingCacheService directory =
        new RoutingCacheService(cache, organizations, extensions, businessHours);

    DecisionResult result =
        new DecisionEngine(directory)
            .decide(new DecisionRequest(MapDirectory.ORGANIZATION, to, null, direction, OPEN));

    assertThat(result.lookups()).hasSameSizeAs(lookedUp);
    assertThat(prefetched).isNotEmpty().isEqualTo(lookedUp);
  }

  private Object get(CachedResource<?> resource, long organization, @Nullable String identifier) {
    lookedUp.add(new CacheKey(resource.name(), organization, identifier));
    return switch (resource.name()) {
      case OrganizationResource.NAME -> stored.getOrganization(organization);
      case BusinessHoursResource.NAME -> stored.getActiveBusinessHoursSchedule(organization);
      default -> stored.getExtension(organization, Objects.requireNonNull(identifier));
    };
  }

  private static <R extends CachedResource<?>> R named(R resource, String name) {
    when(resource.name()).thenReturn(name);
    return resource;
  }
}
