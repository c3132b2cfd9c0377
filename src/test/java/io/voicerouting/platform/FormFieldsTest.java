package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.common.UrlText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields are found in a form, and which are skipped. */
class FormFieldsTest {

  private static final List<String> NAMES = List.of("to", "from", "variable_to", "a");

  private static final FormFields FIELDS = new FormFields(NAMES.toArray(String[]::new));

  @ParameterizedTest
  @CsvSource({
    "to=1&to=2, 1",
    "to=&to=2, ''",
    "tow=2&to=1, 1",
    "t=2&to=1, 1",
    "to%20LIKE=2&to=1, 1",
    "&&=&=x&to=1&, 1",
    "to&to=1, 1",
    "to=1=2, 1=2",
    "from=to=2&to=1, 1",
    "x=2%26to=3&to=1, 1",
    "to=%2B1%zz+2, '+1%zz 2'",
  })
  void firstValueOfAWantedNameCounts(String form, String value) {
    assertThat(FIELDS.find(form).get("to")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "=", "to", "to&", "=to", "TO=1", "x=to=1", "to%3D1", "é=1"})
  void otherTextsHaveNoValue(String form) {
    assertThat(FIELDS.find(form).get("to")).isNull();
  }

  @Test
  void formCountsBeforeTheQuery() {
    FieldValues values = FIELDS.find(bytes("to=1&a=%26"), "to=2&from=3");

    assertThat(values.get("to")).isEqualTo("1");
    assertThat(values.get("from")).isEqualTo("3");
    assertThat(values.get("a")).isEqualTo("&");
    assertThat(values.get("variable_to")).isNull();
  }

  /** Ampersands at every offset of the eight bytes that are compared at a time, and other bytes. */
  @Test
  void findsWhatSplittingFinds() {
    Random random = new Random(20);
    String characters = "to=from&variable_to%2&&==a\u00a6&\u00ff%'";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder form = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        form.append(
            random.nextInt(4) == 0
                ? "&" + NAMES.get(random.nextInt(NAMES.size())) + "="
                : characters.charAt(random.nextInt(characters.length())));
      }
      FieldValues values = FIELDS.find(bytes(form.toString()), null);

      Map<String, String> expected = split(form.toString());
      for (String name : NAMES) {
        assertThat(values.get(name)).as("%s in %s", name, form).isEqualTo(expected.get(name));
      }
    }
  }

  private static Map<String, String> split(String form) {
    Map<String, String> values = new HashMap<>();
    for (String field : form.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals >= 0) {
        values.putIfAbsent(field.substring(0, equals), UrlText.decode(field.substring(equals + 1)));
      }
    }
    return values;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
