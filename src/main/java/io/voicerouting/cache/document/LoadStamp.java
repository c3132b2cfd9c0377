package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The last members of a document in Redis: the time and the snapshot of its load. */
public final class LoadStamp {

  /** Usual length of both members, in bytes. */
  static final int LENGTH = 96;

  private static final String LOADED_AT = "loaded_at";
  private static final String SNAPSHOT = "snapshot";
  private static final byte[] LOADED_AT_START = (",\"" + LOADED_AT + "\":\"").getBytes(UTF_8);
  private static final byte[] SNAPSHOT_START = (",\"" + SNAPSHOT + "\":\"").getBytes(UTF_8);
  private static final byte[] END = "\"}".getBytes(UTF_8);

  private LoadStamp() {}

  /** Writes the members after the others, without a closing brace. */
  static void write(
      Instant loadedAt, @Nullable DatabaseSnapshot snapshot, ByteArrayOutputStream members) {
    members.writeBytes(LOADED_AT_START);
    members.writeBytes(loadedAt.truncatedTo(ChronoUnit.MILLIS).toString().getBytes(ISO_8859_1));
    if (snapshot != null) {
      members.write('"');
      members.writeBytes(SNAPSHOT_START);
      members.writeBytes(snapshot.toString().getBytes(ISO_8859_1));
    }
    members.write('"');
  }

  /**
   * Whether an entry, of any version, contains the snapshot of its load. If it does, another load
   * has the same bytes only if it saw the same transactions.
   */
  public static boolean namesSnapshot(byte[] bytes) {
    for (int i = bytes.length - SNAPSHOT_START.length; i > 0; i--) {
      if (matches(bytes, i, SNAPSHOT_START)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the last member of a document. A quotation mark within a JSON string follows a backslash,
   * so the member's name is not found within one.
   *
   * @return null if the last member is another one
   * @throws IllegalArgumentException if it is no snapshot
   */
  static @Nullable DatabaseSnapshot snapshot(byte[] bytes) {
    int end = bytes.length - END.length;
    if (end < 0 || !matches(bytes, end, END)) {
      return null;
    }
    int start = end;
    while (start > 0 && bytes[start - 1] != '"') {
      start--;
    }
    return matches(bytes, start - SNAPSHOT_START.length, SNAPSHOT_START)
        ? DatabaseSnapshot.parse(new String(bytes, start, end - start, ISO_8859_1))
        : null;
  }

  private static boolean matches(byte[] bytes, int from, byte[] expected) {
    return from >= 0
        && Arrays.equals(bytes, from, from + expected.length, expected, 0, expected.length);
  }

  /**
   * Removes both members, and returns the time of the load.
   *
   * @return null if there is none, or none that this service has written
   */
  static @Nullable Instant removeFrom(ObjectNode document) {
    document.remove(SNAPSHOT);
    JsonNode loadedAt = document.remove(LOADED_AT);
    try {
      return loadedAt == null ? null : Instant.parse(loadedAt.asString(""));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
