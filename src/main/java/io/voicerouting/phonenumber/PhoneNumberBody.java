package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A phone number in a request. Read-only members are ignored, so that a document from {@code GET}
 * can be {@code PUT} back.
 */
@JsonIgnoreProperties({"id", "version", "created_at", "updated_at", "organization_id"})
@Schema(name = "PhoneNumberBody", description = "A phone number, or a block, in a request")
record PhoneNumberBody(
    @Schema(
            type = "string",
            description =
                "The number in any usual form, of the configured region if it has no plus sign; of"
                    + " a block the first 3 to 15 digits",
            example = "+1 555 0100")
        @NotNull
        WrittenNumber number,
    @Schema(description = "The number alone, or a block", defaultValue = "exact", example = "exact")
        @Nullable PhoneNumberMatch match,
    @Schema(description = "Display name", example = "Sales hotline") @Nullable @Text String name,
    @Schema(description = "Whether it accepts calls", defaultValue = "active", example = "active")
        @Nullable PhoneNumberStatus status,
    @Schema(
            description = "The business hours that apply",
            defaultValue = "organization",
            example = "organization")
        @Nullable PhoneNumberHours hours,
    @Schema(
            description = "Id of a schedule whose scope is number; required if hours is own",
            example = "7")
        @Nullable
        @Positive(message = "(expected: a positive 64-bit integer)")
        Long businessHoursScheduleId,
    @Schema(
            description =
                "Action for calls while open; null means the schedule's. Required if hours is"
                    + " ignore")
        @Nullable CallAction openAction,
    @Schema(description = "Action for calls while closed; null means the schedule's")
        @Nullable CallAction closedAction,
    @Schema(description = "Rules that decide before the hours do, each match and value once")
        @Nullable
        @Size(
            max = PhoneNumberBody.MOST_RULES,
            message = "is too long (expected: at most {max} rules)")
        List<@NotNull @Valid Rule> callerRules)
    implements SelfValidating {

  static final int MOST_RULES = 50;

  PhoneNumberBody {
    callerRules = SelfValidating.truncate(callerRules, MOST_RULES);
  }

  /** What to do with the calls of some callers. */
  @Schema(name = "CallerRuleBody", description = "What to do with the calls of some callers")
  record Rule(
      @Schema(description = "Which callers the rule is for", example = "prefix") @NotNull
          CallerMatch match,
      @Schema(
              type = "string",
              description =
                  "The caller's number in any usual form, or its first 1 to 15 digits with the plus"
                      + " sign; null for anonymous",
              example = "+4940")
          @Nullable WrittenNumber value,
      @Schema(description = "What to do with their calls") @NotNull CallAction action) {

    CallerRule toCallerRule() {
      return new CallerRule(match, value == null ? null : value.number(), action);
    }
  }

  @Override
  public List<FieldError> validate() {
    return new PhoneNumberRules(this).check();
  }

  PhoneNumberMatch matchOrDefault() {
    return Objects.requireNonNullElse(match, PhoneNumberMatch.EXACT);
  }

  void applyTo(PhoneNumber row) {
    row.setNumber(Objects.requireNonNull(number.number()));
    row.setMatch(matchOrDefault());
    row.setName(name);
    row.setStatus(Objects.requireNonNullElse(status, PhoneNumberStatus.ACTIVE));
    row.setHours(Objects.requireNonNullElse(hours, PhoneNumberHours.ORGANIZATION));
    row.setBusinessHoursScheduleId(businessHoursScheduleId);
    row.setOpenAction(openAction);
    row.setClosedAction(closedAction);
    row.setCallerRules(
        callerRules == null ? List.of() : callerRules.stream().map(Rule::toCallerRule).toList());
  }
}
