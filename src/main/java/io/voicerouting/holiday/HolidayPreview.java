package io.voicerouting.holiday;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.ExceptionDay;
import java.util.List;

/** What a calendar would bring. */
@Schema(description = "What a calendar would bring; nothing was saved")
record HolidayPreview(
    @Schema(description = "Exceptions from yesterday until two years ahead, sorted by date")
        List<ExceptionDay> exceptions) {

  HolidayPreview {
    exceptions = List.copyOf(exceptions);
  }
}
