/**
 * What the service is compared with: the same questions, answered in other ways behind the same
 * filters. The packaged service runs as one of these when it is given this package's jar and the
 * baseline's name as a profile.
 */
@NullMarked
package io.voicerouting.bench.baseline;

import org.jspecify.annotations.NullMarked;
