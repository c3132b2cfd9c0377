/** The operations endpoint {@code /actuator/routing-cache}: thin, it only maps. */
@NullMarked
package io.voicerouting.actuate;

import org.jspecify.annotations.NullMarked;
