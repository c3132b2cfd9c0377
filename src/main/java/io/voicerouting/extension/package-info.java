/** Extensions: entity, repository, view, cached resource, admin API. */
@NullMarked
package io.voicerouting.extension;

import org.jspecify.annotations.NullMarked;
