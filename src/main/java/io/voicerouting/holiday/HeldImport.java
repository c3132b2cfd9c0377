package io.voicerouting.holiday;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.ExceptionDay;
import java.time.Instant;
import java.util.List;

/**
 * What a calendar would import, held back because it would remove more than half of the coming
 * days.
 */
@Schema(description = "What a calendar would bring, held back until somebody confirms it")
record HeldImport(
    @Schema(description = "When it was held back first", example = "2026-11-23T14:00:00Z")
        Instant since,
    @Schema(description = "Number of coming days that would be removed", example = "14")
        int lostDays,
    @Schema(description = "What would be imported, sorted by date") List<ExceptionDay> exceptions) {

  HeldImport {
    exceptions = List.copyOf(exceptions);
  }
}
