package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the database is said to be away. */
class RelayObserverTest {

  private final ManualClock clock = new ManualClock();
  private final RelayObserver observer =
      new RelayObserver(new SimpleMeterRegistry(), new Trust(clock, () -> {}), clock);

  @Test
  void silenceIsAway() {
    observer.asks();
    pass(149);
    assertThat(observer.databaseAway()).isFalse();
    pass(2);
    assertThat(observer.databaseAway()).isTrue();
    observer.answered();
    assertThat(observer.databaseAway()).isFalse();
  }

  @Test
  void whoWasSlowBeforeIsHeardOut() {
    observer.asks();
    pass(250);
    observer.answered();
    observer.asks();
    pass(299);
    assertThat(observer.databaseAway()).isFalse();
    pass(2);
    assertThat(observer.databaseAway()).isTrue();
    observer.answered();
    observer.asks();
    pass(10);
    observer.answered(); // no longer slow
    observer.asks();
    pass(151);

    assertThat(observer.databaseAway()).isTrue();
  }

  @Test
  void aLoadThatIsAnsweredDoesNotAnswerTheRelay() {
    observer.asks();
    pass(100);
    observer.answeredLoad();
    pass(100);
    assertThat(observer.databaseAway()).isFalse();
    pass(51);

    assertThat(observer.databaseAway()).isTrue();
  }

  @Test
  void aLoadThatIsAnsweredDoesNotHurryWhoIsSlow() {
    observer.asks();
    pass(250);
    observer.answered();
    observer.asks();
    pass(20);
    observer.answeredLoad();
    pass(250);
    assertThat(observer.databaseAway()).isFalse();
    pass(51);

    assertThat(observer.databaseAway()).isTrue();
  }

  @Test
  void aLoadThatIsAnsweredLeavesNothingBehindWhenTheRelayDoesNotAsk() {
    observer.asks();
    observer.answered();
    observer.answeredLoad();
    pass(1_000);

    assertThat(observer.databaseAway()).isFalse();
  }

  @Test
  void loadsWithoutAnAnswerAreEnoughUnlessSomebodyHadOneMeanwhile() {
    pass(1_000);
    observer.answeredLoad();
    pass(999);
    observer.loadNotAnswered(Duration.ofSeconds(1));
    assertThat(observer.databaseAway()).isFalse();
    pass(1);
    observer.loadNotAnswered(Duration.ofSeconds(1));
    assertThat(observer.databaseAway()).isTrue();
    observer.answeredLoad();

    assertThat(observer.databaseAway()).isFalse();
  }

  private void pass(int millis) {
    clock.advance(Duration.ofMillis(millis));
  }
}
