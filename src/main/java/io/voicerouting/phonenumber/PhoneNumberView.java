package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallOverride;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A phone number, or a block of them, as answers and the cache show it. */
@Schema(description = "A phone number, or a block of them")
public record PhoneNumberView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Increases with every change", example = "3") long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Id of the organization", example = "42") long organizationId,
    @Schema(
            description = "E.164; of a block the first digits with the plus sign",
            example = "+15550100")
        String number,
    @Schema(description = "The number alone, or a block", example = "exact") PhoneNumberMatch match,
    @Schema(description = "Display name, or null", example = "Sales hotline") @Nullable String name,
    @Schema(description = "Whether it accepts calls", example = "active") PhoneNumberStatus status,
    @Schema(description = "The business hours that apply", example = "organization")
        PhoneNumberHours hours,
    @Schema(
            description = "Id of the schedule that own hours use; its scope is number; or null",
            example = "7")
        @Nullable Long businessHoursScheduleId,
    @Schema(description = "Action for calls while open; null means the schedule's")
        @Nullable CallAction openAction,
    @Schema(description = "Action for calls while closed; null means the schedule's")
        @Nullable CallAction closedAction,
    @Schema(
            description =
                "Rules that decide before the hours do: the caller's number, else the longest"
                    + " prefix, else the rule for anonymous callers")
        List<CallerRule> callerRules,
    @Schema(description = "Its overrides that are not over, the newest first; only in the cache")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<CallOverride> overrides) {

  public PhoneNumberView {
    callerRules = List.copyOf(callerRules);
  }
}
