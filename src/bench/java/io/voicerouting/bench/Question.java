package io.voicerouting.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request of the load.
 *
 * @param endpoint what is asked
 * @param organizationId whose
 * @param number of the extension
 * @param kind what is known of its copies
 * @param cell what is written there; null when nothing is
 */
record Question(
    Endpoint endpoint, long organizationId, int number, Kind kind, @Nullable WrittenCell cell) {

  /** Before the number that grows, which is the last of a telephone number. */
  static final String PHONE_PREFIX = "+1555";

  /** Before the number that grows. */
  static final String NAME_PREFIX = "Office hours ";

  private static final Pattern FORWARD_TO = Pattern.compile("\"forward_to\":\"\\+1555(\\d+)\"");
  private static final Pattern DIALLED = Pattern.compile("\"number\":\"\\+1555(\\d+)\"");
  private static final Pattern NAME = Pattern.compile("\"name\":\"Office hours (\\d+)\"");

  /** What is known of a document's copies. */
  enum Kind {
    /** Asked for before: there is a copy. */
    WARM,
    /** Never asked for before. */
    COLD,
    /** Changed all the time. */
    WRITTEN
  }

  /** Asks for a document that changes all the time. */
  static Question of(WrittenCell cell) {
    return of(cell, cell.isSchedule() ? Endpoint.BUSINESS_HOURS : Endpoint.EXTENSION);
  }

  /** Asks for what is made from such a document. */
  static Question of(WrittenCell cell, Endpoint endpoint) {
    return new Question(
        endpoint, cell.organizationId(), SampleData.FIRST_NUMBER, Kind.WRITTEN, cell);
  }

  /** The request, below the service's address. */
  String path() {
    return endpoint.path(Contestant.SERVICE, organizationId, Integer.toString(number));
  }

  /** The number that had grown so far in what an answer was made from; null when there is none. */
  @Nullable Integer version(String body) {
    Pattern pattern =
        switch (endpoint) {
          case EXTENSION -> FORWARD_TO;
          case DECISION -> DIALLED;
          case BUSINESS_HOURS -> NAME;
        };
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
  }
}
