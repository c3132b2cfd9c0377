package io.voicerouting.phonenumber;

import io.voicerouting.common.CallOverride;
import io.voicerouting.organization.OrganizationStatus;
import java.util.List;

/**
 * A block of numbers with the status and the overrides of its organization, so that a call to a
 * block needs no lookup of the organization.
 *
 * @param block its {@link PhoneNumberView#match()} is {@code prefix}
 */
public record PhoneNumberBlock(
    PhoneNumberView block,
    OrganizationStatus organizationStatus,
    List<CallOverride> organizationOverrides) {

  public PhoneNumberBlock {
    organizationOverrides = List.copyOf(organizationOverrides);
  }
}
