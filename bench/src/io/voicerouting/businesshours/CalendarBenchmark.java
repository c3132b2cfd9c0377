package io.voicerouting.businesshours;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
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

/** Time of the calendar's operations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CalendarBenchmark {

  private static final LocalDate FIRST_EXCEPTION = LocalDate.of(2026, 11, 24);

  /** Number of query instants, spread over a year; a power of two. */
  private static final int INSTANTS = 1024;

  /** Number of exceptions of the schedule. */
  @Param({"2", "400"})
  int exceptions;

  private final Instant[] instants = new Instant[INSTANTS];
  private int turn;
  private BusinessHoursView officeView = office(0);
  private BusinessHoursCalendar office = BusinessHoursCalendar.of(officeView);
  private BusinessHoursCalendar alwaysOpen = office;

  /** Creates schedules whose exceptions are consecutive days from the first instant on. */
  @Setup
  public void prepare() {
    Instant start = Instant.parse("2026-11-23T14:00:00Z");
    for (int i = 0; i < INSTANTS; i++) {
      instants[i] = start.plusSeconds(i * 30_011L);
    }
    officeView = office(exceptions);
    office = BusinessHoursCalendar.of(officeView);
    Schedules always = Schedules.in("America/New_York").everyDay("00:00-24:00");
    for (int day = 0; day < exceptions; day++) {
      always.except(FIRST_EXCEPTION.plusDays(day).toString(), "00:00-24:00");
    }
    alwaysOpen = always.calendar();
  }

  private static BusinessHoursView office(int exceptions) {
    Schedules schedule = Schedules.in("America/New_York").weekdays("09:00-12:00", "13:00-17:00");
    schedule.on(DayOfWeek.SATURDAY, "22:00-02:00");
    for (int day = 0; day < exceptions; day++) {
      schedule.except(FIRST_EXCEPTION.plusDays(day).toString());
    }
    return schedule.view();
  }

  private Instant next() {
    turn = (turn + 1) & (INSTANTS - 1);
    return instants[turn];
  }

  /** Open or closed. */
  @Benchmark
  public BusinessHoursState state() {
    return office.stateAt(next());
  }

  /** Next change of office hours, with consecutive closed days. */
  @Benchmark
  public @Nullable Instant nextChange() {
    return office.nextChangeAfter(next());
  }

  /** Next change of a schedule that is always open: a search over 366 days without result. */
  @Benchmark
  public @Nullable Instant nextChangeWhenAlwaysOpen() {
    return alwaysOpen.nextChangeAfter(next());
  }

  /** The matching rule. */
  @Benchmark
  public @Nullable BusinessHoursMatch match() {
    return office.matchAt(next());
  }

  /** The first evaluation of a calendar, which prepares the days that it needs. */
  @Benchmark
  public BusinessHoursEvaluation evaluateFirst() {
    return BusinessHoursCalendar.of(officeView).evaluate(next());
  }
}
