package io.voicerouting.cache.eviction;

import java.util.List;

/**
 * A relay pass on one primary, which has confirmed all of its evictions.
 *
 * @param rows the evicted rows
 * @param reign on which they were evicted
 * @param server address of the primary
 */
public record CompletedPass(List<OutboxRow> rows, String reign, String server) {}
