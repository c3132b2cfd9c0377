package io.voicerouting.cache.eviction;

import java.util.List;

/**
 * A pass of the {@link OutboxRelay} all of whose evictions Redis confirmed.
 *
 * @param rows what was evicted
 * @param reign on which it was evicted
 */
public record CompletedPass(List<OutboxRow> rows, String reign) {

  /** Copies the list. */
  public CompletedPass {
    rows = List.copyOf(rows);
  }
}
