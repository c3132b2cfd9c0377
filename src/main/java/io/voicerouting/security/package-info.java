/** Authentication by token, roles, and the confinement of clients to their organization. */
@NullMarked
package io.voicerouting.security;

import org.jspecify.annotations.NullMarked;
