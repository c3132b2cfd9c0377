package io.voicerouting.cache;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Marks a transaction that changed rows which may be cached. */
public final class EvictionMark implements TransactionSynchronization {

  /** Marks the current transaction; without a transaction the outbox alone evicts. */
  static void set() {
    if (TransactionSynchronizationManager.isSynchronizationActive() && !isSet()) {
      TransactionSynchronizationManager.registerSynchronization(new EvictionMark());
    }
  }

  /** Whether the current transaction is marked. */
  public static boolean isSet() {
    return TransactionSynchronizationManager.isSynchronizationActive()
        && TransactionSynchronizationManager.getSynchronizations().stream()
            .anyMatch(EvictionMark.class::isInstance);
  }
}
