package io.voicerouting.cache.eviction;

/**
 * What the query of a pass saw.
 *
 * @param text {@code pg_current_snapshot()}
 * @param connection identifies the database connection, on which alone the snapshot counts:
 *     transaction ids may be given out again after PostgreSQL has crashed
 */
record PassSnapshot(String text, String connection) {

  /** What a session without a completed pass has seen: nothing. */
  static final PassSnapshot NONE = new PassSnapshot("1:1:", "");

  boolean isComparableTo(PassSnapshot other) {
    return connection.equals(other.connection);
  }
}
