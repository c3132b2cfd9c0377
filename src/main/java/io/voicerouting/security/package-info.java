/** Who may call what: three roles, each with a token from the settings. */
@NullMarked
package io.voicerouting.security;

import org.jspecify.annotations.NullMarked;
