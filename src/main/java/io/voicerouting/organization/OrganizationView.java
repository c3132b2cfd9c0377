package io.voicerouting.organization;

import java.time.Instant;

/**
 * An organization as APIs and the cache show it.
 *
 * @param timezone time zone as stored; an IANA id unless other applications wrote nonsense
 */
public record OrganizationView(
    long id,
    long version,
    Instant createdAt,
    Instant updatedAt,
    String name,
    String timezone,
    OrganizationStatus status) {}
