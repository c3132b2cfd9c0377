/** Tokens that are issued to clients: stored as digests, cached, managed by the admin API. */
@NullMarked
package io.voicerouting.token;

import org.jspecify.annotations.NullMarked;
