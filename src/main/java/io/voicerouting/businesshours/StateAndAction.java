package io.voicerouting.businesshours;

import io.voicerouting.common.CallAction;

/** Whether a schedule is open, and what it does with calls. */
record StateAndAction(BusinessHoursState state, CallAction action) {}
