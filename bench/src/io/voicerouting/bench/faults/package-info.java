/** Behavior of two instances of the service while Redis, PostgreSQL or the network fails. */
@NullMarked
package io.voicerouting.bench.faults;

import org.jspecify.annotations.NullMarked;
