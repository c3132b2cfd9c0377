package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.BusinessHoursScope;

/** What names a schedule. */
@Schema(description = "What names a schedule")
record ScheduleName(
    @Schema(description = "Id", example = "7") long id,
    @Schema(description = "Display name", example = "Head office") String name,
    @Schema(description = "What it is for", example = "organization") BusinessHoursScope scope) {}
