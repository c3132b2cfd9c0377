/**
 * The cache-aside engine: keys, leases, trust, outbox relay, shared loads, metrics. It knows Redis,
 * time and bytes, and nothing of telephony.
 */
@NullMarked
package io.voicerouting.cache;

import org.jspecify.annotations.NullMarked;
