/** How long entries are kept, by policy, in simulated time. */
@NullMarked
package io.voicerouting.bench.lives;

import org.jspecify.annotations.NullMarked;
