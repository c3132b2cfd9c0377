/**
 * Decisions in the formats of telephony platforms. One adapter per platform reads its request and
 * renders the decision; no adapter holds a rule of routing.
 */
@NullMarked
package io.voicerouting.platform;

import org.jspecify.annotations.NullMarked;
