package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class PreparedSchedulesTest {

  private static Schedules office() {
    return Schedules.in("Europe/Berlin").weekdays("09:00-17:00").except("2026-12-25");
  }

  @Test
  void preparesEqualDocumentsOnce() {
    JsonMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    ActiveSchedule loaded = ActiveSchedule.of(office().view());

    ActiveSchedule hit = mapper.readValue(mapper.writeValueAsString(loaded), ActiveSchedule.class);

    assertThat(hit).isSameAs(loaded).isInstanceOf(ActiveSchedule.Valid.class);
  }

  @Test
  void preparesDifferentDocumentsSeparately() {
    ActiveSchedule loaded = ActiveSchedule.of(office().view());
    ActiveSchedule changed = ActiveSchedule.of(office().except("2026-12-26").view());

    assertThat(changed).isNotEqualTo(loaded);
    assertThat(changed.view().exceptions()).hasSize(2);
  }

  @Test
  void cachesInvalidSchedules() {
    ActiveSchedule invalid = ActiveSchedule.of(Schedules.in("Mars/Phobos").view());

    assertThat(invalid).isInstanceOf(ActiveSchedule.Invalid.class);
    assertThat(ActiveSchedule.of(Schedules.in("Mars/Phobos").view())).isSameAs(invalid);
  }
}
