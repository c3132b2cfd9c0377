package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.CompletedPass;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.RedisInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each instance is given one server. The registry of reigns is tested here alone. */
@EngineTest
class StandaloneFailoverTest extends FailoverContract {

  private static final Duration ANSWER_TIME = PostCommitEvictor.WAIT;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

  @Override
  EngineInstance connect(RedisInstance server, ManualClock clock) {
    return EngineInstance.trusting(server, clock);
  }

  @Test
  void writerIsAnsweredWhenTrustInAReignThatDoesNotEvictHasRunOut() {
    CountingDataSource polls = new CountingDataSource(database.dataSource());
    ManualClock writerClock = new ManualClock();
    PostCommitEvictor evictions = onNewPrimary.evictions(polls, writerClock);
    List<OutboxRow> rows = database.commit(key, "new");
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> evictions.evict(rows), Thread::startVirtualThread);
    await().until(() -> polls.connections() > 0); // its time has begun
    writerClock.advance(ANSWER_TIME.minusMillis(1));
    int before = polls.connections();
    await().until(() -> polls.connections() > before + 4);
    assertThat(writer).isNotDone();
    writerClock.advance(Duration.ofMillis(1));

    assertThat(writer).succeedsWithin(LONG);
  }

  @Test
  void writerIsAnsweredOnceEveryReignHasEvicted() {
    onOldPrimary.startRelay();
    ManualClock stopped = new ManualClock();
    PostCommitEvictor evictions = onNewPrimary.evictions(database.dataSource(), stopped);
    List<OutboxRow> rows = database.commit(key, "new");

    assertThat(CompletableFuture.runAsync(() -> evictions.evict(rows), Thread::startVirtualThread))
        .succeedsWithin(LONG);
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void operatorEvictsAKeyOnEveryReign() {
    database.commitUnnoticed(key, "new");
    assertThat(onNewPrimary.lookup(key).status().stored()).isTrue();

    assertThat(onNewPrimary.evictions().evict(key, null)).isTrue();
    onOldPrimary.pass();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void rowThatAnotherInstanceIsMarkingIsMarkedAfterTheNextPass() throws SQLException {
    onOldPrimary.round();
    List<OutboxRow> rows = database.commit(key, "new");
    new Outbox(database.dataSource())
        .markDone(new CompletedPass(rows, onNewPrimary.reign(), "new:6379"));
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "select from routing_cache_eviction where id = " + rows.getFirst().id() + " for update");
      onOldPrimary.round();
      other.rollback();
    }
    assertThat(reignsOf(rows.getFirst())).doesNotContain(onOldPrimary.reign());
    onOldPrimary.round();

    assertThat(reignsOf(rows.getFirst())).contains(onOldPrimary.reign());
  }

  private List<@Nullable String> reignsOf(OutboxRow row) {
    return jdbc.queryForList(
        "select unnest(done_on) from routing_cache_eviction where id = ?", String.class, row.id());
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
    awaitAnswers(onNewPrimary);
    assertThat(registered()).contains(unused);
    onNewPrimary.round();

    assertThat(registered()).containsExactly(onNewPrimary.reign());
  }

  @Test
  void reignInUseAnswersItsChallenge() {
    onNewPrimary.round(); // challenges the other reign
    onOldPrimary.pass();
    awaitAnswers(onNewPrimary);
    onNewPrimary.round();

    assertThat(onNewPrimary.connected()).isTrue();
    assertThat(registered()).containsExactlyInAnyOrder(onOldPrimary.reign(), onNewPrimary.reign());
  }

  @Test
  void answerToAChallengeIsNoReasonForAnother() {
    onOldPrimary.round(); // challenges the other reign
    onNewPrimary.round(); // answers, and challenges too: its first time
    awaitAnswers(onOldPrimary, onNewPrimary);
    onOldPrimary.round(); // answers, and ends its challenge
    onNewPrimary.round();
    onOldPrimary.round();
    onNewPrimary.round();

    assertThat(registered()).contains(onOldPrimary.reign(), onNewPrimary.reign());
    assertThat(jdbc.queryForList("select challenge from routing_cache_reign", UUID.class))
        .containsOnlyNulls();
  }

  @Test
  void challengedReignIsNotTrustedByAPassThatSeesTheChallenge() {
    clock.advance(Trust.SPAN);
    onNewPrimary.round();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
  }

  /** Without a pass in between, sessions would end. */
  private void awaitAnswers(EngineInstance... inUse) {
    clock.advance(ANSWER_TIME.dividedBy(2));
    List.of(inUse).forEach(EngineInstance::pass);
    clock.advance(ANSWER_TIME.dividedBy(2));
  }

  private List<@Nullable String> registered() {
    return jdbc.queryForList("select reign from routing_cache_reign", String.class);
  }
}
