/** Which time zone rules the process uses, and whether others use the same. */
@NullMarked
package io.voicerouting.timezone;

import org.jspecify.annotations.NullMarked;
