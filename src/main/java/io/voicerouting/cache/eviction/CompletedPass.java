package io.voicerouting.cache.eviction;

import java.util.List;

/**
 * A pass of the {@link OutboxRelay} on one primary, all of whose evictions that has confirmed.
 *
 * @param rows the evicted rows
 * @param reign on which they were evicted
 * @param server address of the primary
 */
public record CompletedPass(List<OutboxRow> rows, String reign, String server) {

  /** Copies the list. */
  public CompletedPass {
    rows = List.copyOf(rows);
  }
}
