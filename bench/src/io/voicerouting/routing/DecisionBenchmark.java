package io.voicerouting.routing;

import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallActionType;
import io.voicerouting.extension.ExtensionType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Decisions on documents in memory, and the JSON of one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {

  private static final Instant OPEN = Instant.parse("2026-11-23T14:00:00Z");
  private static final int INSTANTS = 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final DecisionEngine engine = new DecisionEngine(directory());
  private int turn;

  private static RoutingDirectory directory() {
    Schedules schedule = Schedules.in("America/New_York").weekdays("08:00-12:00", "13:00-18:00");
    for (int day = 1; day <= 10; day++) {
      schedule.except(LocalDate.of(2026, 11, 23).plusDays(20L * day).toString());
    }
    return new MapDirectory()
        .schedule(schedule.view())
        .number(Numbers.exact("+15550100").whenOpen(CallActionType.EXTENSION, "1001").view())
        .extension("1001", ExtensionType.USER)
        .extension("1002", ExtensionType.FORWARD, "forward_to", "1001");
  }

  /** The time of the next decision, one second later. */
  private Instant next() {
    turn = (turn + 1) & (INSTANTS - 1);
    return OPEN.plusSeconds(turn);
  }

  private DecisionResult decide(String to, CallDirection direction) {
    return engine.decide(new DecisionRequest(42L, to, "+15550100", direction, next()));
  }

  /** An inbound call to a phone number, without an organization; its action is an extension. */
  @Benchmark
  public DecisionResult inboundByNumber() {
    return engine.decide(
        new DecisionRequest(null, "+15550100", "+15550199", CallDirection.INBOUND, next()));
  }

  /** An internal call. */
  @Benchmark
  public DecisionResult internal() {
    return decide("1001", CallDirection.INTERNAL);
  }

  /** An inbound call during business hours. */
  @Benchmark
  public DecisionResult inbound() {
    return decide("1001", CallDirection.INBOUND);
  }

  /** An inbound call to an extension that forwards. */
  @Benchmark
  public DecisionResult inboundForwarded() {
    return decide("1002", CallDirection.INBOUND);
  }

  /** An inbound call, and the JSON of its decision. */
  @Benchmark
  public byte[] inboundAsJson() {
    return JSON.writeValueAsBytes(
        ((DecisionResult.Decided) decide("1001", CallDirection.INBOUND)).decision());
  }
}
