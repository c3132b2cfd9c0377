package io.voicerouting.cache.document;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A snapshot of PostgreSQL ({@code pg_current_snapshot()}): it identifies the transactions that a
 * statement saw. Immutable.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">Transaction ID and
 *     snapshot information functions</a>
 */
public final class DatabaseSnapshot {

  /** Longer lists of running transactions are left out: the document would become too long. */
  static final int MAX_RUNNING = 100;

  private final long xmin;
  private final long xmax;
  private final long[] running; // sorted

  private DatabaseSnapshot(long xmin, long xmax, long[] running) {
    this.xmin = xmin;
    this.xmax = xmax;
    this.running = running;
  }

  /**
   * Reads PostgreSQL's text form, {@code xmin:xmax:xip,xip,...}. A snapshot with more than 100
   * running transactions becomes {@code xmin:xmin:}, which sees no transaction that the other one
   * does not see.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static DatabaseSnapshot parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("snapshot: '" + text + "' (expected: xmin:xmax:xip,xip)");
    }
    long xmin = Long.parseLong(parts[0]);
    long[] running =
        parts[2].isEmpty()
            ? new long[0]
            : Arrays.stream(parts[2].split(",", -1)).mapToLong(Long::parseLong).sorted().toArray();
    return running.length > MAX_RUNNING
        ? new DatabaseSnapshot(xmin, xmin, new long[0])
        : new DatabaseSnapshot(xmin, Long.parseLong(parts[1]), running);
  }

  /** Whether the effects of a transaction that has committed are visible in this snapshot. */
  public boolean sees(long xactId) {
    return xactId < xmin || (xactId < xmax && Arrays.binarySearch(running, xactId) < 0);
  }

  /** Returns the lowest transaction id that was still running; all lower ones had ended. */
  public long xmin() {
    return xmin;
  }

  /** Returns the first transaction id that had not been assigned. */
  public long xmax() {
    return xmax;
  }

  /** Returns the text form that {@link #parse} reads. */
  @Override
  public String toString() {
    return xmin
        + ":"
        + xmax
        + ":"
        + Arrays.stream(running).mapToObj(Long::toString).collect(Collectors.joining(","));
  }
}
