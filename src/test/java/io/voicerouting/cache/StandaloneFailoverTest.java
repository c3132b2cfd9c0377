package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each instance is given one server. The registry of reigns is tested here alone. */
class StandaloneFailoverTest extends FailoverContract {

  private static final Duration ANSWER_TIME = PostCommitEvictor.WAIT;

  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

  @Override
  EngineInstance connect(RedisInstance server, ManualClock clock) {
    return EngineInstance.trusting(server, clock);
  }

  @Test
  void writerWaitsUntilTrustInAReignThatDoesNotEvictHasRunOut() {
    long start = System.nanoTime();
    onNewPrimary.write(key, "new");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ANSWER_TIME);
  }

  @Test
  void writerIsAnsweredOnceEveryReignHasEvicted() {
    onOldPrimary.startRelay();
    onNewPrimary.write(key, "new");

    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void operatorEvictsAKeyOnEveryReign() {
    database.commitUnnoticed(key, "new");
    assertThat(onNewPrimary.lookup(key).status().stored()).isTrue();

    assertThat(onNewPrimary.evictions().evict(key)).isTrue();
    onOldPrimary.pass();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void passThatRegistersItsReignGrantsNothing() {
    clock.advance(Trust.SPAN);
    jdbc.update("delete from routing_cache_reign");
    onOldPrimary.pass();
    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Trusted.class);
  }

  @Test
  void reignThatNobodyUsesIsRemoved() {
    String unused = onOldPrimary.reign();
    onNewPrimary.round(); // challenges it
    awaitAnswers();
    assertThat(registered()).contains(unused);
    onNewPrimary.round();

    assertThat(registered()).containsExactly(onNewPrimary.reign());
  }

  @Test
  void reignInUseAnswersItsChallenge() {
    onNewPrimary.round(); // challenges the other reign
    onOldPrimary.pass();
    awaitAnswers();
    onNewPrimary.round();

    assertThat(onNewPrimary.connected()).isTrue();
    assertThat(registered()).containsExactlyInAnyOrder(onOldPrimary.reign(), onNewPrimary.reign());
  }

  @Test
  void challengedReignIsNotTrustedByAPassThatSeesTheChallenge() {
    clock.advance(Trust.SPAN);
    onNewPrimary.round();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
  }

  /** Without a pass in between, the session would end. */
  private void awaitAnswers() {
    clock.advance(ANSWER_TIME.dividedBy(2));
    onNewPrimary.pass();
    clock.advance(ANSWER_TIME.dividedBy(2));
  }

  private List<@Nullable String> registered() {
    return jdbc.queryForList("select reign from routing_cache_reign", String.class);
  }
}
