/**
 * Everything about business hours: entities, repository, view, cached resource, admin API, and the
 * calendar that says whether a schedule is open.
 */
@NullMarked
package io.voicerouting.businesshours;

import org.jspecify.annotations.NullMarked;
