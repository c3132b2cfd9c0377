package io.voicerouting.cache.eviction;

import java.util.List;

/**
 * What the passes on all primaries have in common.
 *
 * @param startNanos before the query
 * @param slowDatabase whether the database took too long for it
 * @param snapshot of the query
 * @param registered entries of the registry that the snapshot shows
 */
record PassRead(
    long startNanos, boolean slowDatabase, PassSnapshot snapshot, List<ReignSlots> registered) {}
