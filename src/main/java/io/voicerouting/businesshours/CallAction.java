package io.voicerouting.businesshours;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * What a schedule does with a call while open, or while closed.
 *
 * @param target meaning by type: an extension number, an opaque id, a mailbox, a number or address
 */
@Embeddable
public record CallAction(@Enumerated(EnumType.STRING) CallActionType type, String target) {}
