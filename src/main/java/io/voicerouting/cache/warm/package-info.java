/**
 * Warming: the most requested keys are read, or loaded into a cold Redis, before their next
 * request.
 */
@NullMarked
package io.voicerouting.cache.warm;

import org.jspecify.annotations.NullMarked;
