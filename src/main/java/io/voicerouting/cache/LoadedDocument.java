package io.voicerouting.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document as one statement read it.
 *
 * @param value the document
 * @param snapshot text of {@code pg_current_snapshot()} in that same statement: it determines which
 *     transactions the document shows
 * @param changedAt time of the last change of its rows; the longer ago, the longer the document is
 *     cached; null if unknown
 */
public record LoadedDocument<V>(V value, String snapshot, @Nullable Instant changedAt) {}
