package io.voicerouting.bench.faults;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A document that contains a growing version number, so that every answer shows how old it is.
 * Organizations with an even id are written through the admin API, the others by SQL. One writer
 * thread, any number of readers.
 */
final class VersionedDocument {

  private final long organizationId;
  private final long id;
  private final boolean schedule;
  private final NavigableMap<Integer, Long> acknowledgedNanos = new ConcurrentSkipListMap<>();
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
  private int lastVersion;

  /**
   * Creates a document with version 0.
   *
   * @param id of its row
   * @param schedule whether it is the schedule; otherwise it is extension 1001
   */
  VersionedDocument(long organizationId, long id, boolean schedule) {
    this.organizationId = organizationId;
    this.id = id;
    this.schedule = schedule;
  }

  /** How a document is written. */
  enum WritePath {
    /** Through the admin API of the first instance. */
    API(Duration.ZERO, Duration.ofSeconds(2)),
    /** By SQL. */
    SQL(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Duration firstInstance;
    private final Duration otherInstances;

    WritePath(Duration firstInstance, Duration otherInstances) {
      this.firstInstance = firstInstance;
      this.otherInstances = otherInstances;
    }

    /** The promised bound on the age of an answer. */
    Duration maxStaleness(int instance) {
      return instance == 0 ? firstInstance : otherInstances;
    }
  }

  /** The forwarding number of an extension, which holds its version. */
  static String phoneNumber(int version) {
    return "+1555%07d".formatted(version);
  }

  /** The name of a schedule, which holds its version. */
  static String name(int version) {
    return "Office hours " + version;
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

  WritePath writePath() {
    return organizationId % 2 == 0 ? WritePath.API : WritePath.SQL;
  }

  /** Starts a write; called by the writer only. */
  int nextVersion() {
    return ++lastVersion;
  }

  /** Records that a write was acknowledged just now. */
  void acknowledged(int version) {
    acknowledgedNanos.put(version, System.nanoTime());
  }

  /** Records that the service answered that it had not saved this version. */
  void refused(int version) {
    refused.add(version);
  }

  boolean isRefused(int version) {
    return refused.contains(version);
  }

  /** How long before a request a newer version was acknowledged; 0 if there was none. */
  long stalenessNanos(int version, long requestNanos) {
    Map.Entry<Integer, Long> next = acknowledgedNanos.higherEntry(version);
    return next == null ? 0 : Math.max(0, requestNanos - next.getValue());
  }
}
