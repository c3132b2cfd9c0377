/** Wiring of the engine, and the operations built on it: warming, inspection, health. */
@NullMarked
package io.voicerouting.cache.config;

import org.jspecify.annotations.NullMarked;
