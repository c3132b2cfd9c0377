package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActiveSchedulesTest {

  private final ActiveSchedules schedules = new ActiveSchedules();

  @Test
  void preparesADocumentOnce() {
    BusinessHoursView view = Schedules.in("Europe/Berlin").weekdays("09:00-17:00").view();
    ActiveSchedule.Valid first = (ActiveSchedule.Valid) schedules.of(view);
    ActiveSchedule.Valid second = (ActiveSchedule.Valid) schedules.of(view);
    assertThat(second.calendar()).isSameAs(first.calendar());
    assertThat(second.view()).isSameAs(view);
  }

  @Test
  void takesAnEqualDocumentForAnother() {
    Schedules schedule = Schedules.in("Europe/Berlin").weekdays("09:00-17:00");
    ActiveSchedule.Valid first = (ActiveSchedule.Valid) schedules.of(schedule.view());
    ActiveSchedule.Valid second = (ActiveSchedule.Valid) schedules.of(schedule.view());
    assertThat(second.calendar()).isNotSameAs(first.calendar());
  }

  @Test
  void remembersWhatMakesNoSense() {
    BusinessHoursView view = Schedules.in("Mars/Phobos").view();
    assertThat(schedules.of(view)).isEqualTo(schedules.of(view)).isEqualTo(ActiveSchedule.of(view));
  }
}
