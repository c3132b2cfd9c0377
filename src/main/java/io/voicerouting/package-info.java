/** The service itself: its entry point and nothing else. */
@NullMarked
package io.voicerouting;

import org.jspecify.annotations.NullMarked;
