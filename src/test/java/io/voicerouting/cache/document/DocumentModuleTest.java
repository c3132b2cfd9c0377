package io.voicerouting.cache.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents are read as Jackson reads them by default, only sooner. */
class DocumentModuleTest {

  private static final String CHARACTERS = "0123456789-:.TZ+ x٣";

  private final JsonMapper usual = mapper().build();
  private final JsonMapper fast = mapper().addModule(new DocumentModule()).build();

  private static JsonMapper.Builder mapper() {
    return JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
  }

  /** Refuses ids above 99; null among the children is refused by the list. */
  record Sample(
      long id, boolean on, Instant at, @Nullable LocalDate date, List<@Nullable Sample> children) {
    Sample {
      if (id > 99) {
        throw new IllegalArgumentException("id: " + id + " (expected: at most 99)");
      }
      children = List.copyOf(children);
    }
  }

  @Test
  void readsTheSameAndRefusesTheSame() {
    Random random = new Random(20261201);
    int read = 0;
    int refused = 0;
    for (int each = 0; each < 20_000; each++) {
      String json = sample(random, 2);
      Object expected = outcome(usual, json);
      assertThat(outcome(fast, json)).as(json).isEqualTo(expected);
      if (expected instanceof Sample) {
        read++;
      } else {
        refused++;
      }
    }
    assertThat(read).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(1_000);
  }

  /** An error says nothing about a document, so it must not look like a damaged one. */
  record Failing(long id) {
    Failing {
      if (id > 0) {
        throw new StackOverflowError("id: " + id);
      }
    }
  }

  @Test
  void errorOfAConstructorIsThrown() {
    for (JsonMapper mapper : List.of(usual, fast)) {
      assertThatThrownBy(() -> mapper.readValue("{\"id\":7}", Failing.class))
          .isInstanceOf(StackOverflowError.class);
    }
  }

  /** The value, or where and why it cannot be read. */
  private static Object outcome(JsonMapper mapper, String json) {
    try {
      return mapper.readValue(json, Sample.class);
    } catch (JacksonException e) {
      return e.getClass().getSimpleName() + " " + e.getLocation() + " " + e.getPathReference();
    }
  }

  private static String sample(Random random, int depth) {
    StringBuilder children = new StringBuilder();
    for (int child = depth == 0 ? 0 : random.nextInt(3); child > 0; child--) {
      children.append(children.isEmpty() ? "" : ",").append(sample(random, depth - 1));
    }
    return "{"
        + member(random, "id", "7", "100", "\"8\"", "1.5")
        + member(random, "on", "true", "\"false\"", "0")
        + member(random, "at", "\"2026-12-01T02:03:04.5Z\"", "\"2026-12-01\"", "1764554400")
        + member(random, "date", "\"2024-02-29\"", "\"2026-02-29\"", "[2026,1,2]", "\"\"")
        + member(random, "children", "[" + children + "]", "[null]", "{}")
        + "\"more\":1}";
  }

  /** The first value is the usual one. */
  private static String member(Random random, String name, String... values) {
    int choice = random.nextInt(60);
    if (choice == values.length) {
      return "";
    }
    String value =
        choice < values.length ? values[choice] : choice == values.length + 1 ? "null" : values[0];
    return "\"" + name + "\":" + value + ",";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T14:00:00Z", "2026-11-23T14:00:00.123456Z", "1970-01-01T00:00:00.000000001Z",
        "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"
      })
  void readsInstantsAsTheyAreWritten(String text) {
    assertThat(IsoTimes.instant(text)).isNotNull().isEqualTo(Instant.parse(text));
  }

  @Test
  void readsEveryDate() {
    LocalDate start = LocalDate.of(1895, 1, 1);
    for (int day = 0; day < 110_000; day++) {
      LocalDate date = start.plusDays(day);
      assertThat(IsoTimes.date(date.toString())).isEqualTo(date);
    }
  }

  @Test
  void leavesOtherFormsToJackson() {
    Random random = new Random(20261202);
    Instant start = Instant.parse("2026-12-01T02:03:04.005Z");
    for (int each = 0; each < 300_000; each++) {
      Instant at = start.plus(random.nextInt(), ChronoUnit.SECONDS).plusNanos(random.nextInt());
      assertParsedAlike(damaged(random, at.toString()), IsoTimes::instant, Instant::parse);
      String date = at.toString().substring(0, 10);
      assertParsedAlike(damaged(random, date), IsoTimes::date, LocalDate::parse);
    }
  }

  private static String damaged(Random random, String text) {
    StringBuilder result = new StringBuilder(text);
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      int index = random.nextInt(result.length());
      switch (random.nextInt(3)) {
        case 0 -> result.insert(index, other);
        case 1 -> result.deleteCharAt(index);
        default -> result.setCharAt(index, other);
      }
    }
    return result.toString();
  }

  private static <T> void assertParsedAlike(
      String text, Function<String, @Nullable T> fast, Function<String, T> usual) {
    T read = fast.apply(text);
    if (read == null) {
      return;
    }
    try {
      assertThat(read).as(text).isEqualTo(usual.apply(text));
    } catch (DateTimeException e) {
      throw new AssertionError(text + " was read as " + read, e);
    }
  }
}
