package io.voicerouting.cache;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Remembers, for as long as a transaction lasts, that it changed something that may be cached. */
public final class EvictionMark implements TransactionSynchronization {

  /** Marks the current transaction; without one the outbox alone takes care of the change. */
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
