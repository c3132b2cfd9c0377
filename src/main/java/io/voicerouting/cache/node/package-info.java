/** The Redis primaries in use, and which one serves a key. */
@NullMarked
package io.voicerouting.cache.node;

import org.jspecify.annotations.NullMarked;
