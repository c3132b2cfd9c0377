package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the database said.
 *
 * @param value the document; null when there is no such row
 */
record Loaded<V>(@Nullable V value) {}
