/**
 * Business hours: entities, repository, view, cached resource, admin API, and the calendar that
 * evaluates a schedule.
 */
@NullMarked
package io.voicerouting.businesshours;

import org.jspecify.annotations.NullMarked;
