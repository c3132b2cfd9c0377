package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

import io.voicerouting.cache.eviction.EvictingTransactionManager;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** What a marked transaction leaves in Redis and in the outbox, however its commit ends. */
@EngineTest
class EvictingTransactionManagerTest {

  private static final int WRITERS = 40; // twice as many as there are connections

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private RedisInstance redis;
  private EngineInstance instance;
  private CacheKey key;
  private volatile List<OutboxRow> lastRows = List.of();

  @BeforeEach
  void cacheAnOldValue() {
    redis = BackingServers.startRedis();
    instance = EngineInstance.trusting(redis, new ManualClock());
    key = database.newExtension("old");
    assertThat(instance.lookup(key).status().stored()).isTrue();
  }

  @AfterEach
  void stop() {
    instance.close();
    redis.close();
  }

  /** The database's own, with an end of its commits that a test can choose. */
  private abstract class Commits implements PlatformTransactionManager {
    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
      return database.transactions().getTransaction(definition);
    }

    @Override
    public void rollback(TransactionStatus status) {
      database.transactions().rollback(status);
    }
  }

  private final class Plain extends Commits {
    @Override
    public void commit(TransactionStatus status) {
      database.transactions().commit(status);
    }
  }

  private final class ConnectionLostAfterCommit extends Commits {
    @Override
    public void commit(TransactionStatus status) {
      database.transactions().commit(status);
      throw new DataAccessResourceFailureException("The connection broke");
    }
  }

  /** The commit takes place, but later than its caller gives up. */
  private final class LateCommit extends Commits {
    private @Nullable TransactionStatus pending; // null: not yet asked for

    @Override
    public void commit(TransactionStatus status) {
      pending = status;
      throw new DataAccessResourceFailureException("The connection broke");
    }

    void arrive() {
      database.transactions().commit(Objects.requireNonNull(pending));
    }
  }

  private final class ConstraintAtCommit extends Commits {
    @Override
    public void commit(TransactionStatus status) {
      database.transactions().rollback(status);
      throw new DataIntegrityViolationException("A deferred constraint");
    }
  }

  private List<OutboxRow> write(
      PlatformTransactionManager commits, PostCommitEvictor evictions, CacheKey changed) {
    List<OutboxRow> rows = new ArrayList<>();
    try {
      new TransactionTemplate(manager(commits, evictions))
          .executeWithoutResult(
              status -> {
                EvictionMark.set();
                rows.addAll(database.commit(changed, "new")); // joins this transaction
              });
    } finally {
      lastRows = rows;
    }
    return rows;
  }

  private EvictingTransactionManager manager(
      PlatformTransactionManager commits, PostCommitEvictor evictions) {
    return new EvictingTransactionManager(
        commits,
        mock(EntityManagerFactory.class, RETURNS_DEEP_STUBS),
        new Outbox(database.dataSource()),
        evictions);
  }

  private long open(List<OutboxRow> rows) {
    return database.countOpen(rows);
  }

  @Test
  void commitReturnsWithEvictedKeysAndDoneRows() {
    List<OutboxRow> rows = write(new Plain(), instance.evictions(), key);

    assertThat(rows).isNotEmpty();
    assertThat(open(rows)).isZero();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void commitWithUnknownOutcomeEvictsAndLeavesItsRowsToTheRelay() {
    assertThatThrownBy(() -> write(new ConnectionLostAfterCommit(), instance.evictions(), key))
        .isInstanceOf(TransactionSystemException.class)
        .hasMessageContaining("not known");

    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(open(lastRows)).isEqualTo(lastRows.size()).isPositive();
  }

  @Test
  void markOfACommitWithUnknownOutcomeArrivesWithTheNextPass() {
    CacheKey missing = new CacheKey("extension", key.organizationId(), "404");
    LateCommit commits = new LateCommit();
    assertThatThrownBy(
            () ->
                new TransactionTemplate(manager(commits, instance.evictions()))
                    .executeWithoutResult(
                        status -> {
                          EvictionMark.set();
                          database.insertBulk(missing, "inserted");
                        }))
        .isInstanceOf(TransactionSystemException.class);
    assertThat(new Caller(instance, missing).answer().status().stored()).isTrue();
    instance.loseIndex(key.organizationId());
    commits.arrive();
    instance.pass();

    assertThat(instance.displayName(missing)).isEqualTo("inserted");
  }

  @Test
  void failedCommitEvictsNothing() {
    assertThatThrownBy(() -> write(new ConstraintAtCommit(), instance.evictions(), key))
        .isInstanceOf(DataIntegrityViolationException.class);

    assertThat(instance.lookup(key).status().hit()).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("old");
  }

  @Test
  void waitingWritersHoldNoConnections() {
    ManualClock clock = new ManualClock();
    try (EngineInstance disconnected =
        new EngineInstance(redis, EngineInstance.SHORT_TIMEOUT, System::nanoTime)) {
      PostCommitEvictor evictions = disconnected.evictions(database.dataSource(), clock);
      CacheKey missing = database.newExtension("missing");
      List<CacheKey> keys = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        keys.add(database.newExtension("old"));
      }
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (CacheKey changed : keys) {
        writers.add(
            CompletableFuture.runAsync(
                () -> write(new Plain(), evictions, changed),
                runnable -> Thread.ofVirtual().start(runnable)));
      }
      // All of them have committed, hence wait, though there are fewer connections than writers.
      await().until(() -> keys.stream().allMatch(changed -> "new".equals(storedName(changed))));

      assertThat(instance.displayName(missing)).isEqualTo("missing");
      assertThat(writers).noneMatch(CompletableFuture::isDone);
      clock.advance(PostCommitEvictor.WAIT);
      writers.forEach(CompletableFuture::join);
    }
  }

  private @Nullable String storedName(CacheKey changed) {
    LoadedDocument<String> row = database.load(changed.organizationId(), changed.identifier());
    return row == null ? null : row.value();
  }
}
