package io.voicerouting.phonenumber;

import io.voicerouting.organization.OrganizationStatus;

/**
 * A block of numbers with the status of its organization, so that a call to a block needs no lookup
 * of the organization.
 *
 * @param block its {@link PhoneNumberView#match()} is {@code prefix}
 */
public record PhoneNumberBlock(PhoneNumberView block, OrganizationStatus organizationStatus) {}
