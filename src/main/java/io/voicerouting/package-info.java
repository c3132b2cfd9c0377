/** The application: its entry point, migrations, and the log line at start. */
@NullMarked
package io.voicerouting;

import org.jspecify.annotations.NullMarked;
