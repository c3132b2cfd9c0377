package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.testing.RedisInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One instance stays with an old primary that survives a failover; another is on the new one. The
 * same holds for every way in which an instance finds its server.
 */
@EngineTest
abstract class FailoverContract {

  final CoherenceDatabase database = CoherenceDatabase.get();
  final ManualClock clock = new ManualClock();
  EngineInstance onOldPrimary;
  EngineInstance onNewPrimary;
  CacheKey key;

  /** Starts a primary with a replica. */
  abstract void startServers();

  /** The server that was the primary at the start, whatever it is now. */
  abstract RedisInstance primary();

  /** The server that was the replica at the start, whatever it is now. */
  abstract RedisInstance replica();

  /** A key that the primary serves, with the value "old" in the database. */
  abstract CacheKey newKey();

  /** Connects an instance to this server and makes passes until it trusts the server. */
  abstract EngineInstance connect(RedisInstance server, ManualClock clock);

  /** Makes the replica a primary. The old primary goes on as before. */
  abstract void promoteReplica();

  /** Makes the old primary a synchronized replica of the promoted one. */
  abstract void demotePrimary();

  /** Makes the old primary, which is a replica, a primary again. */
  abstract void promotePrimaryAgain();

  /** Makes the old primary a replica without a link: it answers, and evicts nothing. */
  abstract void orphanPrimary();

  /** Ends all servers that the next test does not use. */
  abstract void stopServers();

  @BeforeEach
  void failOver() {
    startServers();
    key = newKey();
    onOldPrimary = connect(primary(), clock);
    assertThat(onOldPrimary.lookup(key).status().stored()).isTrue();
    promoteReplica();
    onNewPrimary = connect(replica(), clock);
    assertThat(onOldPrimary.reign(key)).isEqualTo(primary().replicationId());
    assertThat(onNewPrimary.reign(key)).isEqualTo(replica().replicationId());
  }

  @AfterEach
  void stop() {
    onNewPrimary.close();
    onOldPrimary.close();
    stopServers();
  }

  /** Commits a change, and evicts it on the primary of this instance. */
  private void change(EngineInstance instance, String displayName) {
    database.commit(key, displayName);
    instance.pass();
  }

  @Test
  void rowDoneOnTheNewPrimaryIsEvictedOnTheOldOneByThePassThere() {
    change(onNewPrimary, "new");
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isTrue();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void oldPrimaryThatRefusesTheEvictionIsNotTrusted() {
    primary().guardWrites();
    primary().awaitWritesRefused();
    change(onNewPrimary, "new");
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void failedPassHasNotSeenItsRows() {
    primary().guardWrites();
    primary().awaitWritesRefused();
    change(onNewPrimary, "new");
    onOldPrimary.pass();
    primary().unguardWrites();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isTrue();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void writerOnAnOldPrimaryThatRefusesTheEvictionNeverReadsTheOldValue() {
    primary().guardWrites();
    primary().awaitWritesRefused();
    onNewPrimary.startRelay(); // evicts for itself and marks the row done
    onOldPrimary.write(key, "new");

    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void demotedPrimaryIsNotTrustedThoughItAnswers() {
    orphanPrimary();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isFalse();
    assertThat(onOldPrimary.connected(key)).isFalse();
  }

  @Test
  void primaryThatBecameASynchronizedReplicaIsNotTrusted() {
    demotePrimary(); // the connection survives
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isFalse();
    assertThat(onOldPrimary.connected(key)).isFalse();
  }

  @Test
  void newSessionEvictsWhatThePromotedReplicaHasMissed() {
    assertThat(onNewPrimary.lookup(key).status().stored()).isTrue();
    change(onOldPrimary, "new"); // done on the old primary alone

    try (EngineInstance later = connect(replica(), clock)) {
      assertThat(later.displayName(key)).isEqualTo("new");
    }
  }

  @Test
  void bothPrimariesOfASplitBrainAnswerWhatWasWrittenAtTheOther() {
    change(onNewPrimary, "new");
    onOldPrimary.pass();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
    change(onOldPrimary, "newer");
    onNewPrimary.pass();

    assertThat(onNewPrimary.displayName(key)).isEqualTo("newer");
    assertThat(onOldPrimary.displayName(key)).isEqualTo("newer");
  }

  @Test
  void serverThatWasDemotedAndPromotedAgainBetweenTwoPassesIsNotTrusted() {
    demotePrimary();
    promotePrimaryAgain();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isFalse();
    assertThat(onOldPrimary.connected(key)).isFalse();
  }

  /** Its relay was held during the whole pause, and so was the time of its trust. */
  @Test
  void oldPrimaryThatWakesEvictsWhatItsInstanceHasMissed() {
    primary().pause();
    change(onNewPrimary, "new");
    primary().resume();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isTrue();
    assertThat(onOldPrimary.reign(key)).isEqualTo(primary().replicationId());
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void guardedPrimaryThatWakesIsNotTrusted() {
    primary().guardWrites();
    primary().awaitWritesRefused();
    primary().pause();
    change(onNewPrimary, "new");
    primary().resume();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trusts(key)).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  /** By the time at which the writer elsewhere is answered, trust has run out. */
  @Test
  void oldPrimaryThatWakesIsNotAskedWhileTheRelayIsStillHeld() {
    primary().pause();
    database.commit(key, "new");
    clock.advance(PostCommitEvictor.WAIT);
    primary().resume();

    assertThat(onOldPrimary.trusts(key)).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
    onOldPrimary.pass(); // it was silent for too long: a new session begins
    assertThat(onOldPrimary.trusts(key)).isFalse();
    onOldPrimary.pass();
    assertThat(onOldPrimary.trusts(key)).isTrue();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  /** The instance's view still names the server, which is a replica by now. */
  @Test
  void replicaThatAStaleViewNamesIsNotUsed() {
    demotePrimary();
    onOldPrimary.disconnect();
    change(onNewPrimary, "new");
    onOldPrimary.pass();
    onOldPrimary.pass();

    assertThat(onOldPrimary.connected(key)).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }
}
