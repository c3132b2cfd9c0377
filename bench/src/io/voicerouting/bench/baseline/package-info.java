/**
 * The baselines of {@code bench/http}: other implementations of the same operations. Most are the
 * packaged service with other controllers, behind the same filters: it runs as a baseline if this
 * package is on {@code loader.path} and the baseline's name is an active profile. {@link
 * io.voicerouting.bench.baseline.PlainApplication} and {@link
 * io.voicerouting.bench.baseline.BareServlet} are applications of their own.
 */
@NullMarked
package io.voicerouting.bench.baseline;

import org.jspecify.annotations.NullMarked;
