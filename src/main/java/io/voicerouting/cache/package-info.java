/**
 * The cache-aside engine: keys, leases, trust, outbox relay, shared loads, metrics. It depends on
 * Redis, the outbox, transactions and time, and not on telephony.
 */
@NullMarked
package io.voicerouting.cache;

import org.jspecify.annotations.NullMarked;
