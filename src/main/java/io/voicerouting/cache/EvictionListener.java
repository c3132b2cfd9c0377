package io.voicerouting.cache;

import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;

/**
 * Entity listener of every entity whose rows are cached. It marks the transaction as one that must
 * evict. The keys to evict are read from the transaction's own outbox rows (see {@code
 * EvictingTransactionManager}), so keys are derived in one place, the database. The listener has no
 * state, because Hibernate may create instances of its own.
 */
public class EvictionListener {

  /** Called at flush, within the transaction. */
  @PostPersist
  @PostUpdate
  @PostRemove
  public void changed(Object entity) {
    EvictionMark.set();
  }
}
