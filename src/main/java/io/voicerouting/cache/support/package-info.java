/** Time, threads, log lines and meters that the other rooms of the engine share. */
@NullMarked
package io.voicerouting.cache.support;

import org.jspecify.annotations.NullMarked;
