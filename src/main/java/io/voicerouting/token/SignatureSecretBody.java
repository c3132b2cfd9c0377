package io.voicerouting.token;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The secret with which a platform signs its webhooks. */
@Schema(
    name = "SignatureSecretBody",
    description = "The secret with which a platform signs its webhooks")
record SignatureSecretBody(
    @Schema(
            description =
                "The secret as the platform shows it, such as the auth token of Twilio: 8 to 255"
                    + " visible ASCII characters. It is stored encrypted and never shown.",
            example = "1f2e3d4c5b6a79880123456789abcdef")
        @NotNull
        @Pattern(
            regexp = "[\\x21-\\x7e]{8,255}",
            message = "is invalid (expected: 8 to 255 visible ASCII characters)")
        String signatureSecret) {

  /** Hides the secret, because this may be logged. */
  @Override
  public String toString() {
    return "SignatureSecretBody[not shown]";
  }
}
