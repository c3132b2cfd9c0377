/** Overrides of business hours: what is stored, who may see it, and which one applies when. */
@NullMarked
package io.voicerouting.override;

import org.jspecify.annotations.NullMarked;
