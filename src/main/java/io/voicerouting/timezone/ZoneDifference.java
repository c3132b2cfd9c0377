package io.voicerouting.timezone;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A zone whose rules differ from the database's.
 *
 * @param at an instant at which they differ; the first one, to within a day
 * @param here offset by the rules of this process
 * @param there offset by the rules of the database
 */
record ZoneDifference(String zone, Instant at, ZoneOffset here, ZoneOffset there) {

  @Override
  public String toString() {
    return "%s at %s (%s here, %s there)".formatted(zone, at, text(here), text(there));
  }

  private static String text(ZoneOffset offset) {
    return ZoneOffset.UTC.equals(offset) ? "+00:00" : offset.getId();
  }
}
