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
import io.voicerouting.common.CallActionType;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.SipDomainResource;
import io.voicerouting.phonenumber.PhoneNumberBlockResource;
import io.voicerouting.phonenumber.PhoneNumberHours;
import io.voicerouting.phonenumber.PhoneNumberResource;
import io.voicerouting.testing.FixedClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
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
  private final PhoneNumberResource numbers =
      named(mock(PhoneNumberResource.class), PhoneNumberResource.NAME);
  private final PhoneNumberBlockResource blocks =
      named(mock(PhoneNumberBlockResource.class), PhoneNumberBlockResource.NAME);
  private final SipDomainResource domains =
      named(mock(SipDomainResource.class), SipDomainResource.NAME);
  private final RoutingCache cache = mock(RoutingCache.class);
  private final RequestReader reader = mock(RequestReader.class);
  private final List<CacheKey> prefetched = new ArrayList<>();
  private final List<CacheKey> lookedUp = new ArrayList<>();

  @BeforeEach
  void recordKeys() {
    when(cache.forRequest()).thenReturn(reader);
    doAnswer(call -> prefetched.addAll(call.<Supplier<List<CacheKey>>>getArgument(0).get()))
        .when(reader)
        .expect(any());
    when(reader.get(any(), anyLong(), any()))
        .thenAnswer(call -> get(call.getArgument(0), call.getArgument(1), call.getArgument(2)));
  }

  @ParameterizedTest
  @CsvSource({"INTERNAL, 1001", "INBOUND, 1001", "INBOUND,"})
  void prefetchesWhatItLooksUp(CallDirection direction, @Nullable String to) {
    DecisionResult result =
        new DecisionEngine(directory())
            .decide(new DecisionRequest(MapDirectory.ORGANIZATION, to, null, direction, OPEN));

    assertThat(result.lookups()).hasSameSizeAs(lookedUp);
    assertThat(prefetched).isNotEmpty().isEqualTo(lookedUp);
  }

  @ParameterizedTest
  @CsvSource({
    "+15550100, ORGANIZATION, phone_number organization business_hours extension",
    "+15550101, OWN, phone_number organization business_hours extension",
    "+15550102, IGNORE, phone_number organization extension",
    "+1666, ORGANIZATION, phone_number phone_number_block business_hours extension",
  })
  void prefetchesWhatACallToANumberLooksUp(String to, PhoneNumberHours hours, String lookups) {
    Numbers number =
        to.length() < 9 ? Numbers.block("+166") : Numbers.exact(to); // "+1666" belongs to the block
    stored
        .numberSchedule(9, Schedules.in("UTC").everyDay("00:00-24:00").view())
        .number(number.hours(hours, 9L).whenOpen(CallActionType.EXTENSION, "1001").view());
    new DecisionEngine(directory())
        .decide(new DecisionRequest(null, to, null, CallDirection.INBOUND, OPEN));

    assertThat(lookedUp).extracting(CacheKey::resource).containsExactly(lookups.split(" "));
    List<CacheKey> expected = new ArrayList<>(lookedUp);
    expected.removeIf(key -> key.resource().equals(PhoneNumberBlockResource.NAME));
    assertThat(prefetched).hasSizeGreaterThan(2).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "INTERNAL, sip_domain organization extension",
    "INBOUND, sip_domain organization business_hours extension"
  })
  void prefetchesWhatACallToADomainLooksUp(CallDirection direction, String lookups) {
    new DecisionEngine(directory())
        .decide(new DecisionRequest(null, MapDirectory.SIP_DOMAIN, "1001", null, direction, OPEN));

    assertThat(lookedUp).extracting(CacheKey::resource).containsExactly(lookups.split(" "));
    assertThat(prefetched).isEqualTo(lookedUp);
  }

  private RoutingCacheService directory() {
    return new RoutingCacheService(
        cache,
        new RoutingResources(organizations, domains, extensions, businessHours, numbers, blocks),
        FixedClient.NONE);
  }

  private Object get(CachedResource<?> resource, long organization, @Nullable String identifier) {
    lookedUp.add(new CacheKey(resource.name(), organization, identifier));
    return switch (resource.name()) {
      case OrganizationResource.NAME -> stored.getOrganization(organization);
      case BusinessHoursResource.NAME ->
          identifier == null
              ? stored.getActiveBusinessHoursSchedule(organization)
              : stored.getBusinessHoursSchedule(organization, Long.parseLong(identifier));
      case PhoneNumberResource.NAME -> stored.getPhoneNumber("+" + identifier);
      case SipDomainResource.NAME -> stored.getSipDomain(Objects.requireNonNull(identifier));
      case PhoneNumberBlockResource.NAME -> stored.getPhoneNumberBlocks();
      default -> stored.getExtension(organization, Objects.requireNonNull(identifier));
    };
  }

  private static <R extends CachedResource<?>> R named(R resource, String name) {
    when(resource.name()).thenReturn(name);
    return resource;
  }
}
