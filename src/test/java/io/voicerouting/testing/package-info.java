/**
 * What tests and the development run share: real PostgreSQL and Redis, and the means to hurt them.
 */
@NullMarked
package io.voicerouting.testing;

import org.jspecify.annotations.NullMarked;
