/**
 * The cache-aside engine: keys, leases, trust, outbox relay, shared loads, metrics. It knows Redis,
 * the outbox, transactions and time, and nothing of telephony.
 */
@NullMarked
package io.voicerouting.cache;

import org.jspecify.annotations.NullMarked;
