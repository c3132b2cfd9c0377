/** The operations endpoint {@code /actuator/routing-cache}, which only maps HTTP to the cache. */
@NullMarked
package io.voicerouting.actuate;

import org.jspecify.annotations.NullMarked;
