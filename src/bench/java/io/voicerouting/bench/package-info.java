/**
 * Measurements of the packaged service on real servers, one program each, started by the commands
 * in {@code bench/}.
 */
@NullMarked
package io.voicerouting.bench;

import org.jspecify.annotations.NullMarked;
