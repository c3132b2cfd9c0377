/** The HTTP endpoints that telephony platforms call. */
@NullMarked
package io.voicerouting.routing.web;

import org.jspecify.annotations.NullMarked;
