package io.voicerouting.organization;

/**
 * Whose a SIP domain is, as the cache shows it.
 *
 * @param sipDomain lower case
 */
public record SipDomainView(String sipDomain, long organizationId) {}
