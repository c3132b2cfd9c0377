/** What the database promises by itself, whoever writes: checks, versions, and the outbox. */
@NullMarked
package io.voicerouting.schema;

import org.jspecify.annotations.NullMarked;
