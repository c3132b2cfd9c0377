package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.CallOverride;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.organization.SipDomainView;
import io.voicerouting.phonenumber.PhoneNumberBlock;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberMatch;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Organization 42 in memory, for tests of decisions. */
final class MapDirectory implements RoutingDirectory {

  static final long ORGANIZATION = 42;
  static final String SIP_DOMAIN = "acme.example";
  static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  static final CacheStatus HIT = new CacheStatus(true, 100L, null, false, null);
  static final CacheStatus DEGRADED =
      new CacheStatus(true, 100L, null, false, CacheStatus.DEGRADED);

  /** The columns of an extension that may be switched. */
  record Flags(boolean voicemail, boolean doNotDisturb, boolean forwardEnabled) {

    static final Flags DEFAULT = new Flags(false, false, true);
    static final Flags VOICEMAIL = new Flags(true, false, true);
    static final Flags DO_NOT_DISTURB = new Flags(false, true, true);
    static final Flags VOICEMAIL_ONLY = new Flags(true, true, true);
    static final Flags FORWARD_OFF = new Flags(false, false, false);
  }

  private final Map<String, ExtensionView> extensions = new HashMap<>();
  private final Map<String, PhoneNumberView> numbers = new HashMap<>();
  private final List<PhoneNumberView> blocks = new ArrayList<>();
  private final Map<Long, ActiveSchedule> numberSchedules = new HashMap<>();
  private final Set<String> degraded = new HashSet<>();
  private final Set<String> unavailable = new HashSet<>();
  private @Nullable OrganizationStatus organization = OrganizationStatus.ACTIVE;
  private final List<CallOverride> overrides = new ArrayList<>();
  private @Nullable ActiveSchedule schedule;

  MapDirectory organization(@Nullable OrganizationStatus status) {
    organization = status;
    return this;
  }

  /** Adds an override of the organization. */
  MapDirectory override(CallOverride override) {
    overrides.add(override);
    return this;
  }

  MapDirectory schedule(BusinessHoursView view) {
    schedule = ActiveSchedule.of(view);
    return this;
  }

  MapDirectory extension(String number, ExtensionType type, @Nullable Object... settings) {
    return extension(number, type, ExtensionStatus.ACTIVE, settings(settings));
  }

  MapDirectory extension(
      String number, ExtensionType type, Flags flags, @Nullable Object... settings) {
    return extension(number, type, ExtensionStatus.ACTIVE, settings(settings), flags);
  }

  MapDirectory inactive(String number) {
    return extension(number, ExtensionType.USER, ExtensionStatus.INACTIVE, null);
  }

  MapDirectory extension(
      String number,
      ExtensionType type,
      ExtensionStatus status,
      @Nullable Map<String, @Nullable Object> configuration) {
    return extension(number, type, status, configuration, Flags.DEFAULT);
  }

  @SuppressWarnings(
      "NullAway") // it does not see that values may be null in a record of a class file
  MapDirectory extension(
      String number,
      ExtensionType type,
      ExtensionStatus status,
      @Nullable Map<String, @Nullable Object> configuration,
      Flags flags) {
    extensions.put(
        number,
        new ExtensionView(
            1,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            ORGANIZATION,
            number,
            type,
            status,
            null,
            flags.voicemail(),
            flags.doNotDisturb(),
            flags.forwardEnabled(),
            configuration));
    return this;
  }

  /** Adds a number or a block. */
  MapDirectory number(PhoneNumberView number) {
    if (number.match() == PhoneNumberMatch.EXACT) {
      numbers.put(number.number(), number);
    } else {
      blocks.add(number);
    }
    return this;
  }

  /** Adds a schedule for phone numbers. */
  MapDirectory numberSchedule(long id, BusinessHoursView view) {
    numberSchedules.put(id, ActiveSchedule.of(view));
    return this;
  }

  /** Makes lookups of {@code organization}, {@code schedule} or an extension's number degraded. */
  MapDirectory degraded(String what) {
    degraded.add(what);
    return this;
  }

  /** Makes lookups of {@code organization}, {@code schedule} or an extension's number fail. */
  MapDirectory unavailable(String what) {
    unavailable.add(what);
    return this;
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    OrganizationView view =
        organization == null || organizationId != ORGANIZATION
            ? null
            : new OrganizationView(
                organizationId,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                "Acme",
                "UTC",
                organization,
                null,
                overrides);
    return lookup("organization", view);
  }

  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return lookup(
        domain, domain.equals(SIP_DOMAIN) ? new SipDomainView(domain, ORGANIZATION) : null);
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return lookup(extensionNumber, extensions.get(extensionNumber));
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return lookup("schedule", schedule);
  }

  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return lookup("schedule " + scheduleId, numberSchedules.get(scheduleId));
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return lookup(number, numbers.get(number));
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return lookup(
        "blocks",
        new PhoneNumberBlocks(
            blocks.stream()
                .map(
                    block ->
                        new PhoneNumberBlock(
                            block,
                            Objects.requireNonNullElse(organization, OrganizationStatus.ACTIVE),
                            overrides))
                .toList()));
  }

  private <V> Lookup<V> lookup(String what, @Nullable V value) {
    CacheStatus status = degraded.contains(what) ? DEGRADED : HIT;
    if (unavailable.contains(what)) {
      return new Lookup.Unavailable<>(RETRY_AFTER, status);
    }
    return value == null ? new Lookup.Absent<>(status) : new Lookup.Found<>(value, status);
  }

  private static Map<String, @Nullable Object> settings(@Nullable Object... pairs) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return settings;
  }
}
