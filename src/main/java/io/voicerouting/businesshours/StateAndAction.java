package io.voicerouting.businesshours;

/** Whether a schedule is open, and what it does with calls. */
record StateAndAction(BusinessHoursState state, CallAction action) {}
