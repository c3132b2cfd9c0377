/** Authentication by token, and the three roles. */
@NullMarked
package io.voicerouting.security;

import org.jspecify.annotations.NullMarked;
