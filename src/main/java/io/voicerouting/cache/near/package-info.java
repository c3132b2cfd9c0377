/** The near cache and the channel on which Redis announces invalidations. */
@NullMarked
package io.voicerouting.cache.near;

import org.jspecify.annotations.NullMarked;
