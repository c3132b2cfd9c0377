/** Holiday calendars of schedules: entity, repository, view, import job, admin API. */
@NullMarked
package io.voicerouting.holiday;

import org.jspecify.annotations.NullMarked;
