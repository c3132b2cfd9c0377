/**
 * Benchmarks of the service on real servers: one main class for each command in {@code bench/}, and
 * what they share.
 */
@NullMarked
package io.voicerouting.bench;

import org.jspecify.annotations.NullMarked;
