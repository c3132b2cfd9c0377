package io.voicerouting.businesshours;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schedule with what holiday calendars bring for 24 months: two with 30 exceptions each, or as
 * many with as many as allowed. Also prints the size of the document.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ImportedExceptionsBenchmark {

  private static final LocalDate START = LocalDate.of(2026, 11, 24);
  private static final int MONTHS_IN_DAYS = 730;

  /** Number of query instants, spread over 11 months; a power of two. */
  private static final int INSTANTS = 1024;

  /** Calendars, and exceptions of each. */
  @Param({"2x30", "5x400"})
  String calendars = "";

  private final Instant[] instants = new Instant[INSTANTS];
  private int turn;
  private BusinessHoursView view = Schedules.in("America/New_York").view();
  private BusinessHoursCalendar calendar = BusinessHoursCalendar.of(view);
  private String json = "";

  private final JsonMapper mapper =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Creates the schedule; the days of each calendar are spread evenly. */
  @Setup
  public void prepare() {
    Schedules schedule = Schedules.in("America/New_York").weekdays("09:00-12:00", "13:00-17:00");
    String[] size = calendars.split("x", -1);
    int count = Integer.parseInt(size[0]);
    int exceptions = Integer.parseInt(size[1]);
    for (int i = 0; i < count * exceptions; i++) {
      LocalDate date = START.plusDays((long) (i / count) * MONTHS_IN_DAYS / exceptions);
      schedule.imported(
          new ExceptionDay(
              date.plusDays(i % count), "Public holiday", ExceptionType.CLOSED, List.of()));
    }
    view = schedule.view();
    calendar = BusinessHoursCalendar.of(view);
    json = mapper.writeValueAsString(view);
    System.out.println("Document: " + json.length() + " bytes");
    Instant start = Instant.parse("2026-11-23T14:00:00Z");
    for (int i = 0; i < INSTANTS; i++) {
      instants[i] = start.plusSeconds(i * 28_011L);
    }
  }

  private Instant next() {
    turn = (turn + 1) & (INSTANTS - 1);
    return instants[turn];
  }

  /** Open or closed. */
  @Benchmark
  public BusinessHoursState state() {
    return calendar.stateAt(next());
  }

  /** Next change. */
  @Benchmark
  public @Nullable Instant nextChange() {
    return calendar.nextChangeAfter(next());
  }

  /** Everything between the JSON of a cached document and its first answer. */
  @Benchmark
  public BusinessHoursState readAndPrepare() {
    BusinessHoursView read = mapper.readValue(json, BusinessHoursView.class);
    return BusinessHoursCalendar.of(read).stateAt(instants[0]);
  }
}
