package io.voicerouting.timezone;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.common.TimeZones;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Warns when other instances, or PostgreSQL, use other time zone rules than this process. */
class TimeZoneCheck implements InfoContributor {

  private static final Logger LOG = LoggerFactory.getLogger(TimeZoneCheck.class);

  private static final Duration DAY = Duration.ofDays(1);
  private static final int ZONES_IN_A_LINE = 5;

  private final InstanceTimeZones instances;
  private final DatabaseTimeZones database;
  private final Clock clock;
  private volatile SortedMap<String, String> others = new TreeMap<>();
  private volatile List<ZoneDifference> differences = List.of();
  private Instant due = Instant.MIN;

  TimeZoneCheck(
      InstanceTimeZones instances,
      DatabaseTimeZones database,
      MeterRegistry registry,
      Clock clock) {
    this.instances = instances;
    this.database = database;
    this.clock = clock;
    Gauge.builder("routing.tzdata.differing.zones", () -> differences.size())
        .description("Zones in use whose rules differ from PostgreSQL's within two years")
        .register(registry);
  }

  /** Compares with other instances once a minute, and with PostgreSQL once a day. */
  @Scheduled(fixedDelayString = "PT1M")
  void run() {
    boolean daily = !clock.instant().isBefore(due);
    try {
      compareWithInstances(daily);
      if (daily) {
        compareWithDatabase();
        due = clock.instant().plus(DAY);
      }
    } catch (DataAccessException e) {
      LOG.debug("Voice routing cache: Time zone rules could not be compared", e);
    }
  }

  private void compareWithInstances(boolean repeat) {
    SortedMap<String, String> found = instances.announce();
    boolean news = repeat || !found.equals(others);
    others = found;
    if (news && !found.isEmpty()) {
      LOG.warn(
          "Voice routing cache: Instances have different time zone rules: {} here, {}",
          TimeZones.version(),
          found.entrySet().stream()
              .map(other -> other.getValue() + " on " + other.getKey())
              .collect(Collectors.joining(", ")));
    }
  }

  private void compareWithDatabase() {
    List<ZoneDifference> found = database.differences(clock.instant());
    differences = found;
    if (!found.isEmpty()) {
      LOG.warn(
          "Voice routing cache: Time zone rules {} differ from PostgreSQL's for {} zones in use: {}."
              + " Business hours follow the rules here",
          TimeZones.version(),
          found.size(),
          found.stream()
              .limit(ZONES_IN_A_LINE)
              .map(ZoneDifference::toString)
              .collect(Collectors.joining(", ")));
    }
  }

  @Override
  public void contribute(Info.Builder builder) {
    builder.withDetail(
        "tzdata",
        Map.of(
            "version", TimeZones.version(),
            "other_instances", others,
            "differing_zones", differences));
  }
}
