package io.voicerouting.console;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursBody;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.TimeZones;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.routing.BusinessHoursWeek;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.EffectiveHours;
import io.voicerouting.routing.ReaderDirectory;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.routing.RoutingDirectory;
import io.voicerouting.routing.RoutingResources;
import io.voicerouting.routing.WeekEvaluator;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Makes a decision as for a platform, and collects what explains it. Nothing is stored by it. */
@Component
class DecisionExplainer {

  private final RoutingCacheService cache;
  private final RoutingResources resources;
  private final DocumentComparison documents;
  private final DecidingOverrides overrides;

  DecisionExplainer(
      RoutingCacheService cache,
      RoutingResources resources,
      DocumentComparison documents,
      DecidingOverrides overrides) {
    this.cache = cache;
    this.resources = resources;
    this.documents = documents;
    this.overrides = overrides;
  }

  /** The organization and the time zone of a call. */
  private record Place(@Nullable OrganizationView organization, ZoneId zone, String timezone) {}

  /**
   * Explains a decision.
   *
   * @param localTime replaces the instant of the request by a time in the call's own zone. Of a
   *     time that occurs twice, the first one counts; a time that is skipped is moved by the length
   *     of the gap. Null keeps the instant
   * @param edited the schedule for "what if"; null for none
   */
  Explanation explain(
      DecisionRequest call, @Nullable LocalDateTime localTime, @Nullable BusinessHoursBody edited) {
    ExplainedCall explained = decide(call);
    Place place = place(explained);
    DecisionRequest request = call;
    if (localTime != null) {
      request = at(call, localTime.atZone(place.zone()).toInstant());
      explained = decide(request);
    }
    OrganizationView organization = place.organization();
    ExplainedCall stored = null;
    String problem = null;
    try {
      stored = decideOnRows(request);
    } catch (DataAccessException | TransactionException e) {
      problem = "PostgreSQL could not be asked.";
    }
    Explanation.Hours hours = hours(explained, place);
    return new Explanation(
        explained.decision(),
        organization == null
            ? null
            : new Explanation.Owner(
                organization.id(), organization.name(), organization.timezone()),
        place.timezone(),
        local(request.at(), place.zone()),
        hours,
        stored == null ? List.of() : overrides(explained.decision(), hours, place),
        documents.compare(explained, stored),
        new Explanation.Comparison(
            stored == null ? null : stored.decision(),
            stored == null ? null : explained.isLike(stored),
            problem),
        edited == null ? null : whatIf(request, explained, edited));
  }

  private Explanation.WhatIf whatIf(
      DecisionRequest request, ExplainedCall now, BusinessHoursBody edited) {
    ExplainedCall then =
        decide(
            request, reader -> new EditedScheduleReader(reader, resources.organizations(), edited));
    return new Explanation.WhatIf(then.decision(), then.isLike(now), hours(then, place(then)));
  }

  private List<OverrideDetails> overrides(
      Decision decision, Explanation.@Nullable Hours hours, Place place) {
    Long organization = decision.organizationId();
    return organization == null || hours == null
        ? List.of()
        : overrides.find(
            organization,
            hours.week(),
            decision.businessHours() == null ? null : decision.businessHours().override(),
            place.zone());
  }

  private ExplainedCall decide(DecisionRequest request) {
    return decide(request, UnaryOperator.identity());
  }

  private ExplainedCall decide(DecisionRequest request, UnaryOperator<CacheReader> view) {
    List<RecordingReader.Recorded> lookups = new ArrayList<>();
    RoutingDirectory directory =
        cache.forRequest(request, reader -> new RecordingReader(view.apply(reader), lookups));
    return ExplainedCall.decide(request, directory, lookups);
  }

  private ExplainedCall decideOnRows(DecisionRequest request) {
    List<RecordingReader.Recorded> lookups = new ArrayList<>();
    CacheReader rows = new RecordingReader(new DatabaseReader(), lookups);
    return ExplainedCall.decide(request, new ReaderDirectory(resources, rows), lookups);
  }

  private Place place(ExplainedCall call) {
    Long id = call.decision().organizationId();
    OrganizationView organization =
        id != null && cache.getOrganization(id) instanceof Lookup.Found<OrganizationView> found
            ? found.value()
            : null;
    EffectiveHours hours = call.hours();
    if (hours != null && hours.schedule() != null) {
      ActiveSchedule.Valid schedule = hours.schedule();
      return new Place(
          organization,
          schedule.calendar().zone(),
          String.valueOf(schedule.view().effectiveTimezone()));
    }
    try {
      return organization == null
          ? new Place(null, ZoneOffset.UTC, "UTC")
          : new Place(
              organization, TimeZones.resolve(organization.timezone()), organization.timezone());
    } catch (DateTimeException e) {
      return new Place(organization, ZoneOffset.UTC, "UTC"); // another application wrote the zone
    }
  }

  private static Explanation.@Nullable Hours hours(ExplainedCall call, Place place) {
    EffectiveHours hours = call.hours();
    if (hours == null) {
      return null;
    }
    Decision decision = call.decision();
    Instant at = decision.evaluatedAt();
    BusinessHoursWeek week =
        WeekEvaluator.evaluate(
            hours,
            place.zone(),
            place.timezone(),
            at.atZone(place.zone())
                .toLocalDate()
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    Instant nextChange =
        decision.businessHours() == null ? null : decision.businessHours().nextChangeAt();
    BusinessHoursView view = hours.schedule() == null ? null : hours.schedule().view();
    return new Explanation.Hours(
        view == null ? null : view.id(),
        view == null ? null : view.name(),
        week.segments().stream()
            .filter(segment -> segment.start().compareTo(at) <= 0 && at.isBefore(segment.end()))
            .findFirst()
            .map(BusinessHoursWeek.Segment::matched)
            .orElse(null),
        nextChange == null ? null : local(nextChange, place.zone()),
        week);
  }

  private static OffsetDateTime local(Instant at, ZoneId zone) {
    return at.atZone(zone).toOffsetDateTime();
  }

  private static DecisionRequest at(DecisionRequest call, Instant instant) {
    return new DecisionRequest(
        call.organizationId(), call.sipDomain(), call.to(), call.from(), call.direction(), instant);
  }
}
