package io.voicerouting.organization;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.TimeZones;
import io.voicerouting.web.EntityTags;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The time zones that organizations and schedules may have. */
@RestController
@RequestMapping("/api/v1/time-zones")
@Tag(name = "Organizations")
class TimeZoneController {

  private final EntityTags tags;

  TimeZoneController(EntityTags tags) {
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List time zones",
      description =
          "All names that a timezone may have, sorted, in one answer: those of IANA's time zone"
              + " database, old names included.")
  ResponseEntity<TimeZoneList> list() {
    return tags.ok(new TimeZoneList(List.copyOf(TimeZones.names())));
  }

  /** All time zones. */
  @Schema(name = "TimeZoneList", description = "All time zones")
  record TimeZoneList(@Schema(description = "IANA time zone ids, sorted") List<String> items) {

    TimeZoneList {
      items = List.copyOf(items);
    }
  }
}
