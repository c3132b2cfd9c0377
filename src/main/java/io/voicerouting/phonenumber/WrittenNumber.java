package io.voicerouting.phonenumber;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A phone number, or its first digits, in a request.
 *
 * @param text as it was written
 * @param number in the form of E.164, with 1 to 15 digits; null if the text is no number
 * @param complete false if the number was written without its plus sign and is no valid one, such
 *     as an extension number
 */
@Schema(type = "string", example = "+1 555 0100")
record WrittenNumber(String text, @Nullable String number, boolean complete) {}
