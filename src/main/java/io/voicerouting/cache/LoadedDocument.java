package io.voicerouting.cache;

/**
 * A document as one statement read it.
 *
 * @param value the document
 * @param snapshot text of {@code pg_current_snapshot()} in that same statement: it tells which
 *     transactions the document shows
 */
public record LoadedDocument<V>(V value, String snapshot) {}
