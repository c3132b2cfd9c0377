package io.voicerouting.holiday;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.Precondition;
import io.voicerouting.web.EntityTags;
import io.voicerouting.web.MergePatch;
import io.voicerouting.web.ProblemResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The admin API of holiday calendars. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/business-hours/{schedule}/holiday-calendars")
@Tag(
    name = "Holiday calendars",
    description = "Where the imported exceptions of a schedule come from")
class HolidayCalendarController {

  private final HolidayCalendarService calendars;
  private final HolidayRefresher refresher;
  private final EntityTags tags;

  HolidayCalendarController(
      HolidayCalendarService calendars, HolidayRefresher refresher, EntityTags tags) {
    this.calendars = calendars;
    this.refresher = refresher;
    this.tags = tags;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List holiday calendars",
      description = "One page. Can be sorted by id, name, source, created_at and updated_at.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  PageView<HolidayCalendarView> list(
      @PathVariable PositiveId org, @PathVariable PositiveId schedule, PageQuery page) {
    return calendars.list(org.value(), schedule.value(), page);
  }

  @PostMapping(consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Create a holiday calendar",
      description =
          "Reads the calendar before it responds, which takes up to 5 seconds for a feed. If that"
              + " fails, the calendar is still created: state and last_error show the failure, and"
              + " it is read again later. Its exceptions, at most 400, are shown in"
              + " imported_exceptions of the schedule. A schedule can have 5 calendars.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 409, type = "too-many-holiday-calendars")
  ResponseEntity<HolidayCalendarView> create(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @RequestBody HolidayCalendarBody body) {
    long id = calendars.create(org.value(), schedule.value(), body);
    refresher.refresh(org.value(), schedule.value(), id);
    return tags.created(
        "/api/v1/organizations/%s/business-hours/%s/holiday-calendars/%d"
            .formatted(org, schedule, id),
        calendars.get(org.value(), schedule.value(), id));
  }

  @GetMapping(path = "/{id}", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read a holiday calendar",
      description = "What it is, when it was read last, and what went wrong then.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 404, type = "holiday-calendar-not-found")
  ResponseEntity<HolidayCalendarView> get(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @PathVariable PositiveId id) {
    return tags.ok(calendars.get(org.value(), schedule.value(), id.value()));
  }

  @PutMapping(path = "/{id}", consumes = APPLICATION_JSON_VALUE, produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Replace a holiday calendar",
      description =
          "Replaces the whole document and reads the calendar, as when it is created. Until it"
              + " could be read, what it brought before stays.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 404, type = "holiday-calendar-not-found")
  ResponseEntity<HolidayCalendarView> replace(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody HolidayCalendarBody body) {
    calendars.replace(org.value(), schedule.value(), id.value(), stored -> body, precondition);
    return refresh(org, schedule, id);
  }

  @PatchMapping(path = "/{id}", consumes = MergePatch.MEDIA_TYPE, produces = APPLICATION_JSON_VALUE)
  @Operation(summary = "Change a holiday calendar", description = MergePatch.DESCRIPTION)
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 404, type = "holiday-calendar-not-found")
  ResponseEntity<HolidayCalendarView> patch(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @PathVariable PositiveId id,
      Precondition precondition,
      @RequestBody MergePatch<HolidayCalendarBody> patch) {
    calendars.replace(org.value(), schedule.value(), id.value(), patch, precondition);
    return refresh(org, schedule, id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a holiday calendar",
      description = "The exceptions that it brought are deleted, too.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 404, type = "holiday-calendar-not-found")
  void delete(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @PathVariable PositiveId id,
      Precondition precondition) {
    calendars.delete(org.value(), schedule.value(), id.value(), precondition);
  }

  @PostMapping(path = "/{id}/refresh", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read a holiday calendar now",
      description =
          "Does at once what happens every refresh_minutes. The request has no body. The answer is"
              + " 200 whether or not it could be read; state and last_error tell.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 404, type = "holiday-calendar-not-found")
  ResponseEntity<HolidayCalendarView> refresh(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @PathVariable PositiveId id) {
    refresher.refresh(org.value(), schedule.value(), id.value());
    return tags.ok(calendars.get(org.value(), schedule.value(), id.value()));
  }

  @PostMapping(path = "/{id}/confirm", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Confirm what is held back",
      description =
          "Imports the exceptions of held, although more than half of the coming days are lost by"
              + " that. The request has no body. With If-Match, exactly what was shown is imported.")
  @ProblemResponse(status = 404, type = "schedule-not-found")
  @ProblemResponse(status = 404, type = "holiday-calendar-not-found")
  @ProblemResponse(status = 409, type = "nothing-held")
  ResponseEntity<HolidayCalendarView> confirm(
      @PathVariable PositiveId org,
      @PathVariable PositiveId schedule,
      @PathVariable PositiveId id,
      Precondition precondition) {
    return tags.ok(calendars.confirm(org.value(), schedule.value(), id.value(), precondition));
  }
}
