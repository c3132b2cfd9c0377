package io.voicerouting.businesshours;

/**
 * A half-open range of wall-clock time, {@code [start, end)}. When the end is not after the start
 * the range runs past midnight into the next date.
 *
 * @param startTime first minute inside, 00:00 to 23:59
 * @param endTime first minute outside, up to 24:00
 */
public record TimeRange(TimeOfDay startTime, TimeOfDay endTime) {}
