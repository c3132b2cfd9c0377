/** Values and errors that every package may use. Independent of HTTP. */
@NullMarked
package io.voicerouting.common;

import org.jspecify.annotations.NullMarked;
