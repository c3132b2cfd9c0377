package io.voicerouting.console;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.HostName;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Figures of the instance that answers. */
@RestController
@RequestMapping("/api/v1/console/activity")
@Tag(name = "Console")
class ActivityController {

  private static final String REQUESTS = "http.server.requests";
  private static final String NEAR_HITS = "routing.cache.near.hits";

  private final MeterRegistry meters;
  private final RoutingCache cache;
  private final InstantSource clock;
  private final String host = HostName.get();
  private final Instant startedAt =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

  ActivityController(MeterRegistry meters, RoutingCache cache, InstantSource clock) {
    this.meters = meters;
    this.cache = cache;
    this.clock = clock;
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read the figures of one instance",
      description =
          "Requests of platforms by duration, lookups from memory, and state and figures of the cache,"
              + " since the start of the instance that answers. Queries neither Redis nor PostgreSQL.")
  @ApiResponse(responseCode = "200", description = "The figures")
  Activity read() {
    List<Timer> requests =
        meters.find(REQUESTS).timers().stream().filter(ActivityController::isOfPlatform).toList();
    return new Activity(
        host,
        startedAt,
        clock.instant(),
        requests.stream().mapToLong(Timer::count).sum(),
        requests.stream()
            .filter(timer -> "503".equals(timer.getId().getTag("status")))
            .mapToLong(Timer::count)
            .sum(),
        buckets(requests),
        (long) sum(meters.find(NEAR_HITS).counters()),
        cache.summary());
  }

  private static boolean isOfPlatform(Meter meter) {
    String uri = meter.getId().getTag("uri");
    return uri != null && uri.startsWith("/api/v1/") && uri.contains("/routing/");
  }

  private static List<Activity.Bucket> buckets(List<Timer> timers) {
    SortedMap<Double, Long> buckets = new TreeMap<>();
    for (Timer timer : timers) {
      for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
        double limit = bucket.bucket(TimeUnit.MILLISECONDS);
        if (limit < Long.MAX_VALUE / 1e6) { // the last bucket is the count of all requests
          buckets.merge(limit, (long) bucket.count(), Long::sum);
        }
      }
    }
    return buckets.entrySet().stream()
        .map(bucket -> new Activity.Bucket(bucket.getKey(), bucket.getValue()))
        .toList();
  }

  private static double sum(Collection<Counter> counters) {
    return counters.stream().mapToDouble(Counter::count).sum();
  }
}
