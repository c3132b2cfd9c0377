/** Routing: lookups through the cache, and decisions about calls. */
@NullMarked
package io.voicerouting.routing;

import org.jspecify.annotations.NullMarked;
