package io.voicerouting.bench;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * One document in which a growing number is written, so that every answer says how old it is. One
 * writer; any number of readers.
 */
final class WrittenCell {

  /** Called whether the organization is open or closed. */
  static final String NUMBER = "1001";

  private final long organizationId;
  private final long id;
  private final boolean schedule;
  private final Writer writer;
  private final NavigableMap<Integer, Long> acknowledgedNanos = new ConcurrentSkipListMap<>();
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
  private int lastVersion; // by its one writer at a time

  /**
   * Nothing is written yet.
   *
   * @param organizationId whose it is
   * @param id of the row
   * @param schedule whether it is the schedule, else the extension {@link #NUMBER}
   * @param writer who changes it
   */
  WrittenCell(long organizationId, long id, boolean schedule, Writer writer) {
    this.organizationId = organizationId;
    this.id = id;
    this.schedule = schedule;
    this.writer = writer;
  }

  /** How a document is changed, and within what time others are to know. */
  enum Writer {
    /** Through the admin API of the first instance, which itself knows at once. */
    API(Duration.ZERO, Duration.ofSeconds(2)),
    /** By SQL. */
    SQL(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Duration boundOfFirst;
    private final Duration boundOfOthers;

    Writer(Duration boundOfFirst, Duration boundOfOthers) {
      this.boundOfFirst = boundOfFirst;
      this.boundOfOthers = boundOfOthers;
    }

    Duration bound(int instance) {
      return instance == 0 ? boundOfFirst : boundOfOthers;
    }
  }

  long organizationId() {
    return organizationId;
  }

  long id() {
    return id;
  }

  boolean isSchedule() {
    return schedule;
  }

  Writer writer() {
    return writer;
  }

  /** A greater number than any before it, whichever writer wrote that. */
  int nextVersion() {
    return ++lastVersion;
  }

  void acknowledged(int version) {
    acknowledgedNanos.put(version, System.nanoTime());
  }

  /** The writer was told that nothing was changed. */
  void refused(int version) {
    refused.add(version);
  }

  boolean isRefused(int version) {
    return refused.contains(version);
  }

  /**
   * How long before a request the next version had been acknowledged; 0 when the answer is true.
   */
  long staleNanos(int version, long requestNanos) {
    Map.Entry<Integer, Long> next = acknowledgedNanos.higherEntry(version);
    return next == null ? 0 : Math.max(0, requestNanos - next.getValue());
  }
}
