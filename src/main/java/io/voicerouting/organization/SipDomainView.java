package io.voicerouting.organization;

/**
 * The organization of a SIP domain, as the cache shows it.
 *
 * @param sipDomain lower case
 */
public record SipDomainView(String sipDomain, long organizationId) {}
