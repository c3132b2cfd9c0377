package io.voicerouting.organization;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import io.voicerouting.common.TimeZones;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An organization in a request. Read-only members are ignored, so that a document from {@code GET}
 * can be {@code PUT} back.
 */
@JsonIgnoreProperties({"id", "version", "created_at", "updated_at"})
@Schema(name = "OrganizationBody", description = "An organization in a request")
record OrganizationBody(
    @Schema(description = "Display name: " + Text.DESCRIPTION, example = "Acme Telephony")
        @NotNull
        @Text
        String name,
    @Schema(description = "IANA time zone id", example = "America/New_York") @NotNull
        String timezone,
    @Schema(description = "Whether calls are routed", defaultValue = "active", example = "active")
        @Nullable OrganizationStatus status,
    @Schema(
            description =
                "The SIP domain by which platforms name it, unique in the whole service; stored in"
                    + " lower case",
            example = "acme.example")
        @Nullable
        @Pattern(
            regexp = OrganizationBody.DOMAIN,
            message = "(expected: a domain name of at most 253 characters)")
        String sipDomain)
    implements SelfValidating {

  static final String DOMAIN =
      "(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
          + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

  @Override
  public List<FieldError> validate() {
    return TimeZones.check("timezone", timezone);
  }

  void applyTo(Organization organization) {
    organization.setName(name);
    organization.setTimezone(timezone);
    organization.setStatus(status == null ? OrganizationStatus.ACTIVE : status);
    organization.setSipDomain(sipDomain == null ? null : sipDomain.toLowerCase(Locale.ROOT));
  }
}
