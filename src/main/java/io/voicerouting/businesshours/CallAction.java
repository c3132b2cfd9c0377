package io.voicerouting.businesshours;

/**
 * What a schedule does with a call while open, or while closed.
 *
 * @param target meaning by type: an extension number, an opaque id, a mailbox, a number or address
 */
public record CallAction(CallActionType type, String target) {}
