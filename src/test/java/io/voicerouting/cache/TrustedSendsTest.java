package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.lookup.FillLease;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisReplication;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Trust runs out in the middle of a lookup. The server is then demoted, its connections survive,
 * and its resync brings back an old value.
 */
@EngineTest
class TrustedSendsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private final Gate gate = new Gate();
  private RedisReplication redis;
  private EngineInstance instance;
  private CacheKey key;

  @BeforeEach
  void leaveTheOldValueOnThePromotedReplicaAlone() {
    redis = BackingServers.startRedisReplication();
    key = database.newExtension("old");
    instance = EngineInstance.trusting(redis.primary(), clock);
    assertThat(instance.lookup(key).status().stored()).isTrue();
    RedisConnection session = instance.connections().requireConnection();
    long replicas =
        session
            .replies()
            .awaitBulk(
                session.commands().waitForReplication(1, LONG.toMillis()),
                Deadline.after(LONG, NanoClock.system()));
    assertThat(replicas).isOne();
    redis.promoteReplica();
    instance.write(key, "new");
  }

  @AfterEach
  void stop() {
    gate.open();
    instance.close();
    redis.close();
  }

  private void trustRunsOutAndTheOldValueReturns() {
    clock.advance(Trust.SPAN);
    redis.demotePrimary();
    RedisConnection session = instance.connections().requireConnection();
    assertThat(
            session
                .replies()
                .await(
                    session.commands().exists(key.redisKey()),
                    Deadline.after(LONG, NanoClock.system())))
        .isOne();
  }

  /** Returns once the caller has asked for the lease in vain and asks again and again. */
  private Caller callerWaitingForAnothersLease() {
    new FillLease(instance.connections().requireConnection(), key)
        .acquire(LONG, null, Deadline.after(LONG, NanoClock.system()));
    long misses = instance.figures().misses();
    Caller caller = new Caller(instance, key);
    await().until(() -> instance.figures().misses() == misses + 1 && caller.waits());
    return caller;
  }

  @Test
  void leaseIsNotRequestedOnceTrustHasRunOut() {
    Caller caller = callerWaitingForAnothersLease();
    trustRunsOutAndTheOldValueReturns();

    assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("new");
    assertThat(caller.answer().status().forward()).isEqualTo("bypass");
  }

  @Test
  void entryIsNotReadAgainOnceTrustHasRunOut() {
    try (EngineInstance other = EngineInstance.trusting(redis.primary(), clock)) {
      Gate loaded = new Gate();
      other.extensions().afterNextRead(loaded::pass);
      Caller filling = new Caller(other, key);
      loaded.awaitReached();
      long misses = instance.figures().misses();
      Caller leader = new Caller(instance, key); // waits for what the other instance stores
      await().until(() -> instance.figures().misses() == misses + 1 && leader.waits());
      HookedExtensions.afterNextDecoding(gate::pass);
      loaded.open();
      assertThat(filling.answer().status().stored()).isTrue();
      gate.awaitReached();
      instance.write(key, "newer");
      Caller joiner = new Caller(instance, key);
      await().until(() -> instance.figures().misses() == misses + 2 && joiner.waits());
      trustRunsOutAndTheOldValueReturns();
      gate.open();

      assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("new");
      assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("newer");
    }
  }

  @Test
  void documentIsNotStoredOnceTrustHasRunOut() {
    instance.extensions().afterNextRead(gate::pass);
    Caller caller = new Caller(instance, key);
    gate.awaitReached();
    clock.advance(Trust.SPAN);
    gate.open();

    assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("new");
    assertThat(caller.answer().status().stored()).isFalse();
    RedisConnection session = instance.connections().requireConnection();
    assertThat(
            session
                .replies()
                .await(
                    session.commands().exists(key.redisKey()),
                    Deadline.after(LONG, NanoClock.system())))
        .isZero();
  }

  /** This process is paused between the check of trust and the command. */
  @Test
  void commandThatIsSentAfterTrustHasRunOutDoesNotCount() {
    Trust trust = instance.trustOfRedis();
    RedisConnection session = instance.connections().requireConnection();
    assertThat(trust.sendTrusted(session, () -> "sent")).isEqualTo("sent");

    assertThatThrownBy(() -> trust.sendTrusted(session, () -> pauseFor(Trust.SPAN)))
        .isInstanceOf(CacheUnavailableException.class);
  }

  @Test
  void trustGrantedWhileACommandIsSentDoesNotCount() {
    Trust trust = instance.trustOfRedis();
    RedisConnection session = instance.connections().requireConnection();

    assertThatThrownBy(
            () ->
                trust.sendTrusted(
                    session,
                    () -> {
                      instance.loseTrust();
                      return instance.trusts();
                    }))
        .isInstanceOf(CacheUnavailableException.class);
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
  }

  private String pauseFor(Duration pause) {
    clock.advance(pause);
    return "sent";
  }
}
