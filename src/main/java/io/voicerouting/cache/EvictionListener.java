package io.voicerouting.cache;

import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;

/**
 * Entity listener for every entity whose rows are cached. It says only <em>that</em> the
 * transaction must evict; what it must evict is read from the transaction's own outbox rows (see
 * {@code EvictingTransactionManager}), so that keys are derived in one place, the database. It has
 * no state, because Hibernate may make instances of its own.
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
