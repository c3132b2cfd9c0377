package io.voicerouting.holiday;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PositiveId;
import io.voicerouting.web.ProblemResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ContentTooLargeException;

/** Shows what a holiday calendar or a file would bring. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/business-hours/{schedule}/holiday-calendars/preview")
@Tag(name = "Holiday calendars")
class HolidayPreviewController {

  private static final String CALENDAR_FILE = "text/calendar";

  private static final String DESCRIPTION =
      "Reads a calendar, or with text/calendar a file of which each date is closed, and answers what"
          + " it would bring. Nothing is saved.";

  private final HolidayPreviews previews;

  HolidayPreviewController(HolidayPreviews previews) {
    this.previews = previews;
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Preview a holiday calendar", description = DESCRIPTION)
  @ApiResponse(
      responseCode = "200",
      description = "What it would bring",
      useReturnTypeSchema = true)
  @ProblemResponse(status = 404, type = "schedule-not-found")
  HolidayPreview preview(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @RequestBody HolidayCalendarBody body) {
    return previews.preview(org.value(), schedule.value(), body);
  }

  /** Not a {@code @RequestBody}: Spring would try to read the file with other converters. */
  @PostMapping(consumes = CALENDAR_FILE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Preview a holiday calendar",
      description = DESCRIPTION,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = @Content(mediaType = CALENDAR_FILE, schema = @Schema(type = "string"))))
  @ApiResponse(
      responseCode = "200",
      description = "What it would bring",
      useReturnTypeSchema = true)
  @ProblemResponse(status = 404, type = "schedule-not-found")
  HolidayPreview previewFile(
      @PathVariable PositiveId org, @PathVariable PositiveId schedule, InputStream file)
      throws IOException {
    byte[] content = file.readNBytes(FeedRequest.MAX_BYTES + 1);
    if (content.length > FeedRequest.MAX_BYTES) {
      throw new ContentTooLargeException(null);
    }
    return previews.preview(
        org.value(), schedule.value(), new String(content, StandardCharsets.UTF_8));
  }
}
