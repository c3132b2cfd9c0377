/** The development run: the service on servers of its own, with demo data and public tokens. */
@NullMarked
package io.voicerouting.development;

import org.jspecify.annotations.NullMarked;
