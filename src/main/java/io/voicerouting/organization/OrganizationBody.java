package io.voicerouting.organization;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.constraints.NotNull;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says about an organization. The members that only the service decides may be there,
 * so that what {@code GET} gave can be {@code PUT} back; they are ignored.
 */
@JsonIgnoreProperties({"id", "version", "created_at", "updated_at"})
@Schema(name = "OrganizationBody", description = "An organization as callers send it")
record OrganizationBody(
    @Schema(description = "Name for people", example = "Acme Telephony") @NotNull @Text String name,
    @Schema(description = "IANA time zone id", example = "America/New_York") @NotNull
        String timezone,
    @Schema(description = "Whether calls are routed", defaultValue = "active", example = "active")
        @Nullable OrganizationStatus status)
    implements SelfValidating {

  @Override
  public List<FieldError> validate() {
    // Not ZoneId.of: it takes offsets such as +02:00 as well, which have no rules for summer time.
    boolean known =
        (Object) timezone == null || ZoneRulesProvider.getAvailableZoneIds().contains(timezone);
    return known
        ? List.of()
        : List.of(FieldError.unexpected("timezone", timezone, "IANA time zone id"));
  }

  /** Writes what was said into a row. */
  void applyTo(Organization organization) {
    organization.setName(name);
    organization.setTimezone(timezone);
    organization.setStatus(status == null ? OrganizationStatus.ACTIVE : status);
  }
}
