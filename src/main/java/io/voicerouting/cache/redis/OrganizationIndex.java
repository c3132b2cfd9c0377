package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValueScanCursor;
import io.voicerouting.cache.support.Deadline;
import java.util.List;
import java.util.function.Consumer;

/** Reads the indexes of cached keys, and the index of organizations that have one. */
public final class OrganizationIndex {

  /** Enough keys for speed, but few enough not to block Redis. */
  public static final int PAGE = 500;

  private OrganizationIndex() {}

  /**
   * Reads the keys of an organization, about {@link #PAGE} at a time; some may be read twice. A key
   * that is in the index from start to end is always read.
   */
  public static void forEachKey(
      RedisConnection connection,
      long organizationId,
      Deadline deadline,
      Consumer<List<String>> page) {
    scan(connection, RedisKeys.index(organizationId), deadline, page);
  }

  /** Reads the organizations that have cached keys, in the same way. */
  public static void forEachOrganization(
      RedisConnection connection, Deadline deadline, Consumer<List<Long>> page) {
    scan(
        connection,
        RedisKeys.INDEXES,
        deadline,
        ids -> page.accept(ids.stream().map(Long::valueOf).toList()));
  }

  private static void scan(
      RedisConnection connection, String index, Deadline deadline, Consumer<List<String>> page) {
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      ScoredValueScanCursor<byte[]> scanned =
          connection
              .replies()
              .awaitBulk(
                  connection.commands().zscan(index, cursor, ScanArgs.Builder.limit(PAGE)),
                  deadline);
      page.accept(
          scanned.getValues().stream().map(entry -> new String(entry.getValue(), UTF_8)).toList());
      cursor = scanned;
    } while (!cursor.isFinished());
  }
}
