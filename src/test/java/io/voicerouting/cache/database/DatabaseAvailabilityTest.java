package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the database is said to be away. */
class DatabaseAvailabilityTest {

  private final ManualClock clock = new ManualClock();
  private final DatabaseAvailability database = new DatabaseAvailability(clock);

  @Test
  void silenceIsAway() {
    database.asks();
    pass(149);
    assertThat(database.isDown()).isFalse();
    pass(2);
    assertThat(database.isDown()).isTrue();
    database.answered();
    assertThat(database.isDown()).isFalse();
  }

  @Test
  void whoWasSlowBeforeIsHeardOut() {
    database.asks();
    pass(250);
    database.answered();
    database.asks();
    pass(299);
    assertThat(database.isDown()).isFalse();
    pass(2);
    assertThat(database.isDown()).isTrue();
    database.answered();
    database.asks();
    pass(10);
    database.answered(); // no longer slow
    database.asks();
    pass(151);

    assertThat(database.isDown()).isTrue();
  }

  @Test
  void aLoadThatIsAnsweredDoesNotAnswerTheRelay() {
    database.asks();
    pass(100);
    database.loadAnswered();
    pass(100);
    assertThat(database.isDown()).isFalse();
    pass(51);

    assertThat(database.isDown()).isTrue();
  }

  @Test
  void aLoadThatIsAnsweredDoesNotHurryWhoIsSlow() {
    database.asks();
    pass(250);
    database.answered();
    database.asks();
    pass(20);
    database.loadAnswered();
    pass(250);
    assertThat(database.isDown()).isFalse();
    pass(51);

    assertThat(database.isDown()).isTrue();
  }

  @Test
  void aLoadThatIsAnsweredLeavesNothingBehindWhenTheRelayDoesNotAsk() {
    database.asks();
    database.answered();
    database.loadAnswered();
    pass(1_000);

    assertThat(database.isDown()).isFalse();
  }

  @Test
  void loadsWithoutAnAnswerAreEnoughUnlessSomebodyHadOneMeanwhile() {
    pass(1_000);
    database.loadAnswered();
    pass(999);
    database.loadTimedOut(Duration.ofSeconds(1));
    assertThat(database.isDown()).isFalse();
    pass(1);
    database.loadTimedOut(Duration.ofSeconds(1));
    assertThat(database.isDown()).isTrue();
    database.loadAnswered();

    assertThat(database.isDown()).isFalse();
  }

  @Test
  void whoIsRefusedAConnectionNeedNotWaitForSilence() {
    database.connectionRefused();
    assertThat(database.isDown()).isTrue();
    database.loadAnswered();
    assertThat(database.isDown()).isFalse();
  }

  @Test
  void whatFailedIsForgottenOnceALoadIsAnsweredAndItsReasonOnceTheRelayIs() {
    Exception reason = new IllegalStateException("gone");
    database.asks();
    database.failed(reason);
    assertThat(database.isDown()).isTrue();
    database.loadAnswered();
    pass(1_000);
    assertThat(database.isDown()).isFalse();
    assertThat(database.failure()).isEqualTo(reason);
    database.asks();
    database.answered();

    assertThat(database.failure()).isNull();
  }

  private void pass(int millis) {
    clock.advance(Duration.ofMillis(millis));
  }
}
