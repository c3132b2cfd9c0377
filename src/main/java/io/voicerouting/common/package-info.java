/** Values and errors that every package may use. Knows nothing of HTTP. */
@NullMarked
package io.voicerouting.common;

import org.jspecify.annotations.NullMarked;
