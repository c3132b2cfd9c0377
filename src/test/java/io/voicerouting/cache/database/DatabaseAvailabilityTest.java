package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the database counts as down. */
class DatabaseAvailabilityTest {

  private final ManualClock clock = new ManualClock();
  private final DatabaseAvailability database = new DatabaseAvailability(clock);

  @Test
  void databaseWithoutRepliesIsDown() {
    database.beginQuery();
    pass(149);
    assertThat(database.isDown()).isFalse();
    pass(2);
    assertThat(database.isDown()).isTrue();
    database.recordAnswer();
    assertThat(database.isDown()).isFalse();
  }

  @Test
  void slowDatabaseGetsTheFullTimeout() {
    database.beginQuery();
    pass(250);
    database.recordAnswer();
    database.beginQuery();
    pass(299);
    assertThat(database.isDown()).isFalse();
    pass(2);
    assertThat(database.isDown()).isTrue();
    database.recordAnswer();
    database.beginQuery();
    pass(10);
    database.recordAnswer(); // no longer slow
    database.beginQuery();
    pass(151);

    assertThat(database.isDown()).isTrue();
  }

  @Test
  void answeredLoadIsNoReplyToTheRelay() {
    database.beginQuery();
    pass(100);
    database.recordLoadAnswer();
    pass(100);
    assertThat(database.isDown()).isFalse();
    pass(51);

    assertThat(database.isDown()).isTrue();
  }

  @Test
  void answeredLoadDoesNotShortenTheTimeoutOfASlowDatabase() {
    database.beginQuery();
    pass(250);
    database.recordAnswer();
    database.beginQuery();
    pass(20);
    database.recordLoadAnswer();
    pass(250);
    assertThat(database.isDown()).isFalse();
    pass(51);

    assertThat(database.isDown()).isTrue();
  }

  @Test
  void answeredLoadHasNoEffectWithoutARelayQuery() {
    database.beginQuery();
    database.recordAnswer();
    database.recordLoadAnswer();
    pass(1_000);

    assertThat(database.isDown()).isFalse();
  }

  @Test
  void unansweredLoadsMeanDownUnlessAnotherWasAnswered() {
    pass(1_000);
    database.recordLoadAnswer();
    pass(999);
    database.recordLoadTimeout(Duration.ofSeconds(1));
    assertThat(database.isDown()).isFalse();
    pass(1);
    database.recordLoadTimeout(Duration.ofSeconds(1));
    assertThat(database.isDown()).isTrue();
    database.recordLoadAnswer();

    assertThat(database.isDown()).isFalse();
  }

  @Test
  void refusedConnectionMeansDownAtOnce() {
    database.recordRefusal();
    assertThat(database.isDown()).isTrue();
    database.recordLoadAnswer();
    assertThat(database.isDown()).isFalse();
  }

  @Test
  void answeredLoadClearsTheFailureAndAnsweredRelayItsCause() {
    Exception reason = new IllegalStateException("gone");
    database.beginQuery();
    database.recordFailure(reason);
    assertThat(database.isDown()).isTrue();
    database.recordLoadAnswer();
    pass(1_000);
    assertThat(database.isDown()).isFalse();
    assertThat(database.failure()).isEqualTo(reason);
    database.beginQuery();
    database.recordAnswer();

    assertThat(database.failure()).isNull();
  }

  private void pass(int millis) {
    clock.advance(Duration.ofMillis(millis));
  }
}
