package io.voicerouting.platform;

import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionOutcome;
import io.voicerouting.routing.DecisionReason;
import io.voicerouting.routing.RoutingAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What a platform's format adds to a decision: its path, its request, and its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlatformBenchmark {

  private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");

  private static final String CALL =
      "section=dialplan&Hunt-Context=public&Hunt-Caller-ID-Number=%2B15550100"
          + "&Hunt-Destination-Number=1001";

  private static final String OTHERS =
      IntStream.range(0, 200)
          .mapToObj(n -> "variable_sip_h_X-Example-" + n + "=%3Csip%3A" + "x".repeat(38) + "%3E&")
          .collect(Collectors.joining());

  private final FreeSwitchAdapter freeSwitch =
      new FreeSwitchAdapter(settings(FreeSwitchProperties.PREFIX, FreeSwitchProperties.class));
  private final RtjsonAdapter rtjson =
      new RtjsonAdapter(
          settings(RtjsonProperties.PREFIX, RtjsonProperties.class),
          JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
  private final PlatformPaths paths = new PlatformPaths(List.of(freeSwitch, rtjson));

  private final PlatformRequest form = request("direction=inbound", CALL);
  private final PlatformRequest longForm = request("direction=inbound", OTHERS + CALL);
  private final PlatformRequest query = request("direction=inbound&from=%2B15550100&to=1001", "");

  private final Decision decision =
      new Decision(
          42L,
          "1001",
          "+15550100",
          CallDirection.INBOUND,
          DecisionOutcome.ROUTE,
          new RoutingAction.DialExtension("1001", 30)
              .followedBy(new RoutingAction.Voicemail("1001")),
          DecisionReason.EXTENSION_ACTIVE,
          List.of("business_hours:open", "extension:1001"),
          null,
          NOW,
          null,
          false);

  private static <T> T settings(String prefix, Class<T> type) {
    return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(prefix, type);
  }

  private static PlatformRequest request(@Nullable String query, String body) {
    return new PlatformRequest(
        42L,
        "",
        query,
        new MockHttpServletRequest(),
        body.getBytes(StandardCharsets.ISO_8859_1),
        NOW);
  }

  private PlatformAnswer answer(PlatformAdapter adapter, PlatformRequest request) {
    PlatformReading.Call call = (PlatformReading.Call) adapter.read(request);
    return PlatformCalls.render(call.renderer(), decision, "acme.example");
  }

  /** The adapter of a path. */
  @Benchmark
  public Object path() {
    return Objects.requireNonNull(paths.find("/api/v1/organizations/42/routing/freeswitch"));
  }

  /** A form with the fields that are read, and a dialplan. */
  @Benchmark
  public Object freeSwitch() {
    return answer(freeSwitch, form);
  }

  /** A form with all variables of a call, and a dialplan. */
  @Benchmark
  public Object freeSwitch15Kb() {
    return answer(freeSwitch, longForm);
  }

  /** A query, and routes as JSON. */
  @Benchmark
  public Object rtjson() {
    return answer(rtjson, query);
  }
}
