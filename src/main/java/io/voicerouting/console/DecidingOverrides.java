package io.voicerouting.console;

import io.voicerouting.override.OverrideService;
import io.voicerouting.override.OverrideView;
import io.voicerouting.routing.AppliedOverride;
import io.voicerouting.routing.BusinessHoursWeek;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The rows of overrides, which contain more than the documents that carry them. */
@Component
class DecidingOverrides {

  private final OverrideService overrides;

  DecidingOverrides(OverrideService overrides) {
    this.overrides = overrides;
  }

  /**
   * Finds the overrides that decide at some time of a week, and one that applies.
   *
   * @param zone of the times in the answer
   * @return by id; empty if PostgreSQL could not be queried
   */
  List<OverrideDetails> find(
      long organizationId, BusinessHoursWeek week, @Nullable AppliedOverride applied, ZoneId zone) {
    Set<Long> ids =
        Stream.concat(
                week.segments().stream().map(BusinessHoursWeek.Segment::override),
                Stream.ofNullable(applied))
            .filter(Objects::nonNull)
            .map(AppliedOverride::id)
            .collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return List.of();
    }
    try {
      return overrides.find(organizationId, ids).stream()
          .sorted(Comparator.comparingLong(OverrideView::id))
          .map(override -> OverrideDetails.of(override, zone))
          .toList();
    } catch (DataAccessException | TransactionException e) {
      return List.of();
    }
  }
}
