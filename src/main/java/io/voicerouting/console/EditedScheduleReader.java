package io.voicerouting.console;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursBody;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.OrganizationView;
import org.jspecify.annotations.Nullable;

/** Shows each schedule as if it had been replaced by the edited one, which is stored nowhere. */
final class EditedScheduleReader implements CacheReader {

  private final CacheReader reader;
  private final OrganizationResource organizations;
  private final BusinessHoursBody edited;

  EditedScheduleReader(
      CacheReader reader, OrganizationResource organizations, BusinessHoursBody edited) {
    this.reader = reader;
    this.organizations = organizations;
    this.edited = edited;
  }

  @Override
  @SuppressWarnings("unchecked") // one schedule in place of another
  public <V> Lookup<V> get(
      CachedResource<V> resource, long organizationId, @Nullable String identifier) {
    Lookup<V> found = reader.get(resource, organizationId, identifier);
    return found instanceof Lookup.Found<V> stored
            && stored.value() instanceof ActiveSchedule schedule
        ? (Lookup<V>) replace(schedule, organizationId, found.status())
        : found;
  }

  private Lookup<ActiveSchedule> replace(
      ActiveSchedule stored, long organizationId, CacheStatus status) {
    return switch (reader.get(organizations, organizationId, null)) {
      case Lookup.Found<OrganizationView> organization ->
          new Lookup.Found<>(
              edited.replacing(stored.view(), organization.value().timezone()), status);
      case Lookup.Absent<OrganizationView> absent -> new Lookup.Absent<>(absent.status());
      case Lookup.Unavailable<OrganizationView> unavailable ->
          new Lookup.Unavailable<>(unavailable.retryAfter(), unavailable.status());
    };
  }
}
