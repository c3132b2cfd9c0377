package io.voicerouting.console;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursService;
import io.voicerouting.businesshours.BusinessHoursStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.SearchText;
import io.voicerouting.organization.OrganizationDirectory;
import io.voicerouting.organization.OrganizationService;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.web.ProblemResponse;
import io.voicerouting.web.ServiceUnavailableException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Organizations, their schedules, and weeks of hours. */
@RestController
@RequestMapping("/api/v1/console/organizations")
@Tag(name = "Console")
class WeekController {

  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9998;

  private final RoutingCacheService cache;
  private final OrganizationService organizations;
  private final BusinessHoursService schedules;
  private final DecidingOverrides overrides;
  private final InstantSource clock;

  WeekController(
      RoutingCacheService cache,
      OrganizationService organizations,
      BusinessHoursService schedules,
      DecidingOverrides overrides,
      InstantSource clock) {
    this.cache = cache;
    this.organizations = organizations;
    this.schedules = schedules;
    this.overrides = overrides;
    this.clock = clock;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Find organizations",
      description =
          "One page; q searches the name. As the list of the back office, for operations.")
  PageView<OrganizationView> list(
      PageQuery page, @RequestParam(required = false) @Nullable SearchText q) {
    return organizations.list(page, null, q);
  }

  @GetMapping(path = "/{org}/schedules", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List the active schedules of an organization",
      description = "Its own, and those of its phone numbers; at most 200.")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ApiResponse(responseCode = "200", description = "The schedules")
  List<ScheduleName> schedules(@PathVariable PositiveId org) {
    return schedules
        .list(
            org.value(),
            new PageQuery(0, PageQuery.MAX_SIZE),
            BusinessHoursStatus.ACTIVE,
            null,
            null)
        .items()
        .stream()
        .map(view -> new ScheduleName(view.id(), view.name(), view.scope()))
        .toList();
  }

  @GetMapping(path = "/{org}/business-hours/week", produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Show seven days of hours",
      description =
          "By the evaluator of decisions, from the documents that decisions use: with exceptions,"
              + " actions and overrides. Rules and overrides of phone numbers are not in it.")
  @ProblemResponse(status = 404, type = "no-active-schedule")
  @ProblemResponse(status = 404, type = "organization-not-found")
  @ApiResponse(responseCode = "200", description = "The week")
  ScheduleWeek week(
      @PathVariable PositiveId org,
      @Parameter(description = "First date; by default Monday of this week", example = "2026-11-23")
          @RequestParam(required = false)
          @Nullable LocalDate from,
      @Parameter(
              description = "An active schedule for phone numbers; by default the organization's",
              example = "7")
          @RequestParam(name = "schedule_id", required = false)
          @Nullable PositiveId scheduleId) {
    if (from != null && (from.getYear() < FIRST_YEAR || from.getYear() > LAST_YEAR)) {
      throw new InvalidFieldsException("from", from, "date of the years 0001 to 9998");
    }
    OrganizationView organization = value(cache.getOrganization(org.value()));
    if (organization == null) {
      throw OrganizationDirectory.notFound(org.value());
    }
    ActiveSchedule schedule =
        value(
            scheduleId == null
                ? cache.getActiveBusinessHoursSchedule(org.value())
                : cache.getBusinessHoursSchedule(org.value(), scheduleId.value()));
    return switch (schedule) {
      case ActiveSchedule.Valid valid ->
          ScheduleWeek.of(valid, organization, from, clock.instant(), overrides);
      case ActiveSchedule.Invalid invalid ->
          throw noSchedule("The active schedule is invalid: " + invalid.problem() + ".");
      case null ->
          throw noSchedule(
              scheduleId == null
                  ? "Organization " + org + " has no active business-hours schedule."
                  : "Organization "
                      + org
                      + " has no active schedule "
                      + scheduleId
                      + " for phone numbers.");
    };
  }

  private static NotFoundException noSchedule(String detail) {
    return new NotFoundException("no-active-schedule", detail);
  }

  private static <V> @Nullable V value(Lookup<V> lookup) {
    return switch (lookup) {
      case Lookup.Found<V> found -> found.value();
      case Lookup.Absent<V> absent -> null;
      case Lookup.Unavailable<V> unavailable ->
          throw new ServiceUnavailableException(
              "Neither the cache nor the database can answer now.", unavailable.retryAfter());
    };
  }
}
