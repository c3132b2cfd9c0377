package io.voicerouting.cache.eviction;

import io.voicerouting.cache.EvictionMark;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Evicts with every commit of an entity change before the commit returns: it flushes, reads the
 * outbox rows of the transaction, commits, and evicts after the connection is returned to the pool.
 * The relay evicts for transactions that no entity listener marked.
 */
public final class EvictingTransactionManager implements PlatformTransactionManager {

  private static final Logger LOG = LoggerFactory.getLogger(EvictingTransactionManager.class);

  private final PlatformTransactionManager delegate;
  private final EntityManagerFactory entityManagers;
  private final Outbox outbox;
  private final PostCommitEvictor evictions;

  public EvictingTransactionManager(
      PlatformTransactionManager delegate,
      EntityManagerFactory entityManagers,
      Outbox outbox,
      PostCommitEvictor evictions) {
    this.delegate = delegate;
    this.entityManagers = entityManagers;
    this.outbox = outbox;
    this.evictions = evictions;
  }

  @Override
  public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
    return delegate.getTransaction(definition);
  }

  /**
   * Does not throw if the rollback fails, which would hide the first error. The transaction then
   * ends with its connection.
   */
  @Override
  public void rollback(TransactionStatus status) {
    try {
      delegate.rollback(status);
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("Voice routing cache: A transaction ended with its connection", e);
    }
  }

  @Override
  public void commit(TransactionStatus status) {
    boolean commits = status.isNewTransaction() && !status.isRollbackOnly();
    List<OutboxRow> rows = commits && !status.isReadOnly() ? readOutbox(status) : List.of();
    try {
      delegate.commit(status);
    } catch (UnexpectedRollbackException
        | DataIntegrityViolationException
        | ConcurrencyFailureException e) {
      throw e; // rolled back for certain: there is nothing to evict
    } catch (RuntimeException e) {
      evictions.evictAfterUnknownOutcome(rows);
      throw rows.isEmpty()
          ? e
          : new TransactionSystemException("It is not known whether the change was saved", e);
    }
    evictions.evict(rows);
  }

  /**
   * Flushes, so that the triggers run, and returns the rows that the transaction wrote to the
   * outbox.
   */
  private List<OutboxRow> readOutbox(TransactionStatus status) {
    try {
      EntityManager entityManager =
          EntityManagerFactoryUtils.getTransactionalEntityManager(entityManagers);
      if (entityManager != null) {
        entityManager.flush();
      }
      return EvictionMark.isSet() ? outbox.findByCurrentTransaction() : List.of();
    } catch (RuntimeException e) {
      rollback(status);
      RuntimeException translated =
          EntityManagerFactoryUtils.convertJpaAccessExceptionIfPossible(e);
      throw translated == null ? e : translated;
    } catch (Error e) {
      rollback(status);
      throw e;
    }
  }
}
