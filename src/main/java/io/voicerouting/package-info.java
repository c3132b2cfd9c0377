/** The service itself: its entry point, and what it says at start. */
@NullMarked
package io.voicerouting;

import org.jspecify.annotations.NullMarked;
