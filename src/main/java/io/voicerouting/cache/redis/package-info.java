/** Connections to Redis: replies, trust, scripts and key names. */
@NullMarked
package io.voicerouting.cache.redis;

import org.jspecify.annotations.NullMarked;
