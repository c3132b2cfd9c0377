package io.voicerouting.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationInstantTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T14:00:00Z, 2026-11-23T14:00:00Z",
    "2026-11-23t14:00:00z, 2026-11-23T14:00:00Z",
    "2026-11-23T14:00:00-00:00, 2026-11-23T14:00:00Z",
    "2026-11-23T19:45:00+05:45, 2026-11-23T14:00:00Z",
    "2026-11-23T19:45:00 05:45, 2026-11-23T14:00:00Z",
    "2026-11-23T08:30:00-05:30, 2026-11-23T14:00:00Z",
    "2026-11-23T14:00:00+23:59, 2026-11-22T14:01:00Z",
    "2026-11-23T14:00:00-23:59, 2026-11-24T13:59:00Z",
    "2026-11-23T21:59:59.9Z, 2026-11-23T21:59:59.900Z",
    "2026-11-23T21:59:59.999999999999Z, 2026-11-23T21:59:59.999999999Z",
    "2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9998-12-31T23:59:59Z, 9998-12-31T23:59:59Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
    "1990-12-31T15:59:60-08:00, 1990-12-31T23:59:59Z",
    "2016-12-31T23:59:60.5Z, 2016-12-31T23:59:59.500Z",
  })
  void parsesRfc3339(String text, String instant) {
    assertThat(EvaluationInstant.of(text).value()).hasToString(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1795442400",
        "2026-11-23",
        "2026-11-23T14:00Z",
        "2026-11-23T14:00:00",
        "2026-11-23 14:00:00Z",
        "2026-11-23T14:00:00+05",
        "2026-11-23T14:00:00+0545",
        "2026-11-23T14:00:00+24:00",
        "2026-11-23T14:00:00+05:60",
        "2026-11-23T14:00:00.Z",
        "2026-11-23T14:00:00Z ",
        "2026-02-29T14:00:00Z",
        "2026-13-01T14:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T14:60:00Z",
        "2026-11-23T14:00:60Z",
        "2026-12-31T23:59:61Z",
        "2016-12-31T23:59:60+01:00",
        "0001-01-01T00:00:00+00:01",
        "9998-12-31T23:59:59-00:01",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "\u0662\u0660\u0662\u0666-11-23T14:00:00Z",
      })
  void rejectsOtherText(String text) {
    assertThatThrownBy(() -> EvaluationInstant.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause() // callers see the innermost message
        .hasMessage("'" + text + "' (expected: RFC 3339 instant, years 0001 to 9998)");
  }

  @Test
  void parsesALongFraction() {
    String text = "2026-11-23T14:00:00." + "1".repeat(10_000) + "Z";
    assertThat(EvaluationInstant.of(text).value()).hasToString("2026-11-23T14:00:00.111111111Z");
  }
}
