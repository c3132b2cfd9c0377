/** The audit log: who has changed what, by the API and by SQL. */
@NullMarked
package io.voicerouting.audit;

import org.jspecify.annotations.NullMarked;
