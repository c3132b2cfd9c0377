package io.voicerouting.timezone;

import io.voicerouting.common.TimeZones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the rules of this process with those of PostgreSQL. */
class DatabaseTimeZones {

  /** How far ahead rules are compared. */
  static final Duration SPAN = Duration.ofDays(731);

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseTimeZones.class);

  /** More names than tzdata has; the columns may hold anything. */
  private static final String ZONES_IN_USE =
      """
      select timezone from organizations
      union
      select timezone from business_hours_schedules where timezone is not null and deleted_at is null
      limit 1000
      """;

  private static final String FIRST_DIFFERENCE =
      """
      select at, here, there
      from (select at, here, extract(epoch from (to_timestamp(at) at time zone :zone)
                                              - (to_timestamp(at) at time zone 'UTC'))::int as there
            from unnest(:instants::bigint[], :offsets::int[]) samples (at, here)) compared
      where here <> there
      order by at
      limit 1
      """;

  private final JdbcClient jdbc;

  DatabaseTimeZones(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Finds the zones of organizations and schedules whose rules differ within {@link #SPAN} of an
   * instant. Names that are unknown to either side are left out.
   *
   * @throws DataAccessException if the database could not be queried
   */
  List<ZoneDifference> differences(Instant from) {
    return jdbc.sql(ZONES_IN_USE).query((row, number) -> row.getString(1)).list().stream()
        .sorted()
        .flatMap(zone -> difference(zone, from).stream())
        .toList();
  }

  private Optional<ZoneDifference> difference(String zone, Instant from) {
    try {
      ZoneRules rules = TimeZones.resolve(zone).getRules();
      long[] instants = samples(rules, from).stream().mapToLong(Instant::getEpochSecond).toArray();
      int[] offsets = new int[instants.length];
      for (int i = 0; i < instants.length; i++) {
        offsets[i] = rules.getOffset(Instant.ofEpochSecond(instants[i])).getTotalSeconds();
      }
      return jdbc.sql(FIRST_DIFFERENCE)
          .param("zone", zone)
          .param("instants", instants)
          .param("offsets", offsets)
          .query(
              (row, number) ->
                  new ZoneDifference(
                      zone,
                      Instant.ofEpochSecond(row.getLong("at")),
                      ZoneOffset.ofTotalSeconds(row.getInt("here")),
                      ZoneOffset.ofTotalSeconds(row.getInt("there"))))
          .optional();
    } catch (DateTimeException | DataIntegrityViolationException e) {
      LOG.debug("Voice routing cache: Time zone {} cannot be compared", zone, e);
      return Optional.empty();
    }
  }

  /**
   * Every day, and both sides of every transition. A difference between two neighbours would take
   * two transitions of the database within a day.
   */
  private static SortedSet<Instant> samples(ZoneRules rules, Instant from) {
    SortedSet<Instant> samples = new TreeSet<>();
    Instant end = from.plus(SPAN);
    for (Instant day = from; day.isBefore(end); day = day.plus(Duration.ofDays(1))) {
      samples.add(day);
    }
    ZoneOffsetTransition transition = rules.nextTransition(from);
    while (transition != null && transition.getInstant().isBefore(end)) {
      samples.add(transition.getInstant());
      samples.add(transition.getInstant().minusSeconds(1));
      transition = rules.nextTransition(transition.getInstant());
    }
    return samples;
  }
}
