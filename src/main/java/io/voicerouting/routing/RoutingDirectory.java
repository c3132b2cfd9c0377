package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.organization.SipDomainView;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberView;

/** Looks up what decisions need. Organization ids are positive, extension numbers valid. */
public interface RoutingDirectory {

  /** Looks up an organization, active or suspended. */
  Lookup<OrganizationView> getOrganization(long organizationId);

  /**
   * Looks up the organization of a SIP domain.
   *
   * @param domain a host name in lower case
   */
  Lookup<SipDomainView> getSipDomain(String domain);

  /** Looks up an extension, active or inactive. */
  Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber);

  /** Looks up the active schedule, prepared for evaluation. */
  Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId);

  /** Looks up an active schedule for phone numbers, prepared for evaluation. */
  Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId);

  /**
   * Looks up a phone number that is no block, active or inactive, of any organization.
   *
   * @param number E.164 with its plus sign
   */
  Lookup<PhoneNumberView> getPhoneNumber(String number);

  /** Looks up all blocks of phone numbers, of all organizations. */
  Lookup<PhoneNumberBlocks> getPhoneNumberBlocks();

  /** Whether the client of the request may see an organization. */
  default boolean isVisible(long organizationId) {
    return true;
  }

  /**
   * Whether a phone number that has been looked up appears to be absent because it belongs to an
   * organization that the client of the request may not see.
   */
  default boolean isHidden(String number) {
    return false;
  }

  /**
   * Announces the next lookups of a decision, once they are known. An implementation may prefetch
   * them.
   */
  default void prefetch(LikelyLookups likely) {}

  /**
   * Returns the directory for one decision, used by one thread. An implementation may prefetch what
   * the decision needs, and bound the time of all its lookups together.
   */
  default RoutingDirectory forRequest(DecisionRequest request) {
    return this;
  }
}
