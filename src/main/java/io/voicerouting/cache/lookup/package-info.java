/** The read path: lookups, their time budget, leases and shared fills. */
@NullMarked
package io.voicerouting.cache.lookup;

import org.jspecify.annotations.NullMarked;
