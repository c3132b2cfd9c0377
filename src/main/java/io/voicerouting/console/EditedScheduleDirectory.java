package io.voicerouting.console;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursBody;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.organization.SipDomainView;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberView;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.LikelyLookups;
import io.voicerouting.routing.RoutingDirectory;

/**
 * Passes lookups on, but for a schedule: it is shown as if it had been replaced by the edited one,
 * which is stored nowhere.
 */
final class EditedScheduleDirectory implements RoutingDirectory {

  private final RoutingDirectory directory;
  private final BusinessHoursBody edited;

  EditedScheduleDirectory(RoutingDirectory directory, BusinessHoursBody edited) {
    this.directory = directory;
    this.edited = edited;
  }

  @Override
  public RoutingDirectory forRequest(DecisionRequest request) {
    return new EditedScheduleDirectory(directory.forRequest(request), edited);
  }

  @Override
  public boolean isVisible(long organizationId) {
    return directory.isVisible(organizationId);
  }

  @Override
  public void prefetch(LikelyLookups likely) {
    directory.prefetch(likely);
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return directory.getOrganization(organizationId);
  }

  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return directory.getSipDomain(domain);
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return directory.getExtension(organizationId, extensionNumber);
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return replace(organizationId, directory.getActiveBusinessHoursSchedule(organizationId));
  }

  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return replace(organizationId, directory.getBusinessHoursSchedule(organizationId, scheduleId));
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return directory.getPhoneNumber(number);
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return directory.getPhoneNumberBlocks();
  }

  private Lookup<ActiveSchedule> replace(long organizationId, Lookup<ActiveSchedule> stored) {
    if (!(stored instanceof Lookup.Found<ActiveSchedule> found)) {
      return stored;
    }
    return switch (directory.getOrganization(organizationId)) {
      case Lookup.Found<OrganizationView> organization ->
          new Lookup.Found<>(
              edited.replacing(found.value().view(), organization.value().timezone()),
              found.status());
      case Lookup.Absent<OrganizationView> absent -> new Lookup.Absent<>(absent.status());
      case Lookup.Unavailable<OrganizationView> unavailable ->
          new Lookup.Unavailable<>(unavailable.retryAfter(), unavailable.status());
    };
  }
}
