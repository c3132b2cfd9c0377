package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOfDayTest {

  private static final Pattern FORM = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d|24:00");

  @Test
  void everyMinuteIsReadAsItIsWritten() {
    for (int minute = 0; minute <= TimeOfDay.MINUTES_PER_DAY; minute++) {
      assertThat(TimeOfDay.parse(new TimeOfDay(minute).toString()).minute()).isEqualTo(minute);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9:00",
        "09:0",
        "09:00 ",
        " 9:00",
        "09-00",
        "0900",
        "09:60",
        "24:01",
        "25:00",
        "-1:00",
        "+9:00",
        "09:-1",
        "0a:00",
        "09:00:00",
        "٠٩:٠٠",
        "０９:００"
      })
  void otherFormsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeOfDay.parse(text))
        .withMessageContaining("HH:mm, 00:00 to 24:00");
  }

  @Test
  void acceptsWhatTheRegularExpressionAccepts() {
    Random random = new Random(20261201);
    String characters = "0123456789:/;-+ ٣";
    for (int each = 0; each < 200_000; each++) {
      StringBuilder text = new StringBuilder("12:34");
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        char other = characters.charAt(random.nextInt(characters.length()));
        text.setCharAt(random.nextInt(text.length()), other);
      }
      assertThat(isAccepted(text.toString()))
          .as(text.toString())
          .isEqualTo(FORM.matcher(text).matches());
    }
  }

  private static boolean isAccepted(String text) {
    try {
      return TimeOfDay.parse(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
