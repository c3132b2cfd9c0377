package io.voicerouting.phonenumber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {

  private final NumberParser german = new NumberParser(new NumberProperties("DE"));
  private final NumberParser international = new NumberParser(new NumberProperties(""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+15550100 | +15550100",
        "+1 (212) 555-0142 | +12125550142",
        "+49 (0)40 66969-112 | +494066969112",
        "+49.40/66969 112 | +494066969112",
        "040 66969112 | +494066969112",
        "(040) 66969-112 | +494066969112",
        "0049 40 66969112 | +494066969112",
        "tel:+1-212-555-0143 | +12125550143",
        "+1 800 FLOWERS | +18003569377",
        "\uff0b\uff14\uff1940 66969112 | +494066969112",
      })
  void readsEveryUsualForm(String text, String number) {
    assertThat(german.parse(text)).isEqualTo(new WrittenNumber(text, number, true));
  }

  @ParameterizedTest
  @CsvSource({"1001, +491001", "17, +4917"})
  void reportsIncompleteNationalNumbers(String text, String number) {
    assertThat(german.parse(text)).isEqualTo(new WrittenNumber(text, number, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "sales",
        "+0123",
        "+1234567890123456",
        "+494066969112 ext. 5",
        "\u0000"
      })
  void readsNoNumberInOtherText(String text) {
    assertThat(german.parse(text).number()).isNull();
  }

  @Test
  void readsNoNumberInVeryLongText() {
    assertThat(german.parse("+1" + " ".repeat(1_000_000) + "5550100").number()).isNull();
  }

  @Test
  void withoutARegionNumbersNeedTheirPlusSign() {
    assertThat(international.parse("040 66969112").number()).isNull();
    assertThat(international.parse("+49 40 66969112").number()).isEqualTo("+494066969112");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX", "de", "Germany", "49"})
  void unknownRegionIsRefused(@Nullable String region) {
    assertThatThrownBy(() -> new NumberProperties(region))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("routing.numbers.default-region: '" + region + "'");
  }
}
