package io.voicerouting.holiday;

import org.jspecify.annotations.Nullable;

/** What the server of a feed answered. */
sealed interface FeedResponse {

  /**
   * A file.
   *
   * @param etag its entity tag, or null
   */
  record File(String content, @Nullable String etag) implements FeedResponse {}

  /** The file is the one whose entity tag was sent. */
  record NotModified() implements FeedResponse {}

  /** The file is at another address. */
  record Redirect(String location) implements FeedResponse {}

  /**
   * There is no file.
   *
   * @param reason as in {@link InvalidCalendarException}
   */
  record Failed(String reason) implements FeedResponse {}
}
