/**
 * The baselines of {@code bench/http}: other implementations of the same operations behind the same
 * filters. The packaged service runs as a baseline if this package is on {@code loader.path} and
 * the baseline's name is an active profile.
 */
@NullMarked
package io.voicerouting.bench.baseline;

import org.jspecify.annotations.NullMarked;
