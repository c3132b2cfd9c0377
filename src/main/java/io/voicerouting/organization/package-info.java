/** Organizations: entity, repository, view, cached resource, admin API. */
@NullMarked
package io.voicerouting.organization;

import org.jspecify.annotations.NullMarked;
