package io.voicerouting.routing;

import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.SipDomainResource;
import io.voicerouting.phonenumber.PhoneNumberBlockResource;
import io.voicerouting.phonenumber.PhoneNumberResource;
import org.springframework.stereotype.Component;

/** The resources that decisions look up. */
@Component
public record RoutingResources(
    OrganizationResource organizations,
    SipDomainResource sipDomains,
    ExtensionResource extensions,
    BusinessHoursResource businessHours,
    PhoneNumberResource phoneNumbers,
    PhoneNumberBlockResource phoneNumberBlocks) {}
