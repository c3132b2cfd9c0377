/** The write path: transaction manager, post-commit eviction, outbox and relay. */
@NullMarked
package io.voicerouting.cache.eviction;

import org.jspecify.annotations.NullMarked;
