package io.voicerouting.cache.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

@EngineTest
class DatabaseSnapshotTest {

  private static final int SNAPSHOTS = 500;
  private static final int IDS = 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10:10:          | 9  | true",
        "10:10:          | 10 | false",
        "10:20:10,12     | 9  | true",
        "10:20:10,12     | 10 | false",
        "10:20:10,12     | 11 | true",
        "10:20:10,12     | 12 | false",
        "10:20:10,12     | 19 | true",
        "10:20:10,12     | 20 | false",
        "10:20:12,10     | 10 | false",
        "5000000000:5000000002:5000000000 | 4999999999 | true",
        "5000000000:5000000002:5000000000 | 5000000000 | false",
        "5000000000:5000000002:5000000000 | 5000000001 | true"
      })
  void seesWhatHadEnded(String snapshot, long xactId, boolean seen) {
    assertThat(DatabaseSnapshot.parse(snapshot).sees(xactId)).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1:2", "1:2:3:4", "a:2:", "1:b:", "1:2:c", "1:2:3,", "1:2:,3"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> DatabaseSnapshot.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10:10:", "10:20:10", "10:20:10,12,19"})
  void isWrittenAsPostgresWritesIt(String text) {
    assertThat(DatabaseSnapshot.parse(text)).hasToString(text);
  }

  @Test
  void longSnapshotIsCutToItsXmin() {
    String most = running(DatabaseSnapshot.MAX_RUNNING);
    assertThat(DatabaseSnapshot.parse(most)).hasToString(most);
    DatabaseSnapshot cut = DatabaseSnapshot.parse(running(DatabaseSnapshot.MAX_RUNNING + 1));

    assertThat(cut).hasToString("10:10:");
    assertThat(cut.sees(9)).isTrue();
    assertThat(cut.sees(11)).isFalse();
  }

  /** Every other transaction from 10 on. */
  private static String running(int count) {
    return "10:1000:"
        + LongStream.iterate(10, id -> id + 2)
            .limit(count)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(","));
  }

  @Test
  void agreesWithPostgres() {
    long seed = Long.getLong("snapshot.seed", 24);
    Random random = new Random(seed);
    JdbcTemplate jdbc = new JdbcTemplate(CoherenceDatabase.get().dataSource());
    List<Object[]> questions = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      String snapshot = random(random);
      long around = Long.parseLong(snapshot.substring(0, snapshot.indexOf(':')));
      for (int j = 0; j < IDS; j++) {
        questions.add(new Object[] {Math.max(1, around + random.nextLong(-3, 40)), snapshot});
      }
    }
    List<@Nullable Boolean> answers =
        jdbc.queryForList(
            "select pg_visible_in_snapshot(id::text::xid8, snapshot::pg_snapshot)"
                + " from unnest(?::bigint[], ?::text[]) with ordinality q (id, snapshot, place)"
                + " order by place",
            Boolean.class,
            questions.stream().map(question -> (Long) question[0]).toArray(Long[]::new),
            questions.stream().map(question -> (String) question[1]).toArray(String[]::new));

    for (int i = 0; i < questions.size(); i++) {
      Object[] question = questions.get(i);
      assertThat(DatabaseSnapshot.parse((String) question[1]).sees((Long) question[0]))
          .as("seed %d: %d in %s", seed, question[0], question[1])
          .isEqualTo(answers.get(i));
    }
  }

  private static String random(Random random) {
    long xmin = random.nextBoolean() ? random.nextLong(3, 100) : random.nextLong(3, 1L << 40);
    long xmax = xmin + random.nextLong(0, 30);
    TreeSet<Long> running = new TreeSet<>();
    for (int i = random.nextInt(0, 12); i > 0 && xmax > xmin; i--) {
      running.add(random.nextLong(xmin, xmax));
    }
    return xmin
        + ":"
        + xmax
        + ":"
        + running.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  @Test
  void readsThePresentSnapshotOfPostgres() {
    JdbcTemplate jdbc = new JdbcTemplate(CoherenceDatabase.get().dataSource());
    String text =
        Objects.requireNonNull(
            jdbc.queryForObject("select pg_current_snapshot()::text", String.class));

    assertThat(DatabaseSnapshot.parse(text)).hasToString(text);
  }
}
