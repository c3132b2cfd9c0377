/** The service itself: its entry point, how it comes to migrate, and what it says at start. */
@NullMarked
package io.voicerouting;

import org.jspecify.annotations.NullMarked;
