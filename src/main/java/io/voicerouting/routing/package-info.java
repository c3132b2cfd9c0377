/** The main job: lookups through the cache, and the decision what to do with a call. */
@NullMarked
package io.voicerouting.routing;

import org.jspecify.annotations.NullMarked;
