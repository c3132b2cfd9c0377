package io.voicerouting.common;

import org.jspecify.annotations.Nullable;

/**
 * The application whose token authenticated a request. It is not the calling party of a call.
 *
 * @param name name of the token, for people
 * @param tokenId id of an issued token; null for a token of the settings
 * @param organizationId the only organization that the client may see; null for all
 */
public record ApiClient(String name, @Nullable Long tokenId, @Nullable Long organizationId) {}
