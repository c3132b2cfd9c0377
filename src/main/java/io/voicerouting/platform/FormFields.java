package io.voicerouting.platform;

import io.voicerouting.common.UrlText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a form or query that an adapter reads. Other fields are only skipped: there
 * may be hundreds, and callers choose the names of some, which need not be valid.
 */
final class FormFields {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int EIGHT = Long.BYTES;
  private static final long AMPERSANDS = 0x2626262626262626L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int ASCII = 0x80;
  private static final int[] NONE = {};

  private final String[] names;

  /** The same names in bytes. */
  private final byte[][] encodedNames;

  /** Indexes of names by their first character; null where no name begins with it. */
  private final int[] @Nullable [] byFirst = new int[ASCII] @Nullable [];

  /**
   * Creates a set of fields.
   *
   * @param names ASCII, not empty, without characters that a platform would encode
   */
  FormFields(String... names) {
    this.names = names.clone();
    encodedNames = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      encodedNames[i] = names[i].getBytes(StandardCharsets.US_ASCII);
      int first = encodedNames[i][0];
      int[] before = Objects.requireNonNullElse(byFirst[first], NONE);
      int[] extended = Arrays.copyOf(before, before.length + 1);
      extended[before.length] = i;
      byFirst[first] = extended;
    }
  }

  /**
   * Returns the decoded values of the fields of a query. The first of several values counts.
   *
   * @param query null if there is none
   */
  FieldValues find(@Nullable String query) {
    FieldValues values = new FieldValues(names);
    if (query != null) {
      addTo(values, query.getBytes(StandardCharsets.ISO_8859_1));
    }
    return values;
  }

  /**
   * Returns the decoded values of the fields of a form, and of the query for what is not in it.
   *
   * @param query null if there is none
   */
  FieldValues find(byte[] form, @Nullable String query) {
    FieldValues values = new FieldValues(names);
    addTo(values, form);
    if (query != null) {
      addTo(values, query.getBytes(StandardCharsets.ISO_8859_1));
    }
    return values;
  }

  private void addTo(FieldValues values, byte[] encoded) {
    int start = 0;
    while (start < encoded.length) {
      int end = ampersand(encoded, start);
      int field = indexOf(encoded, start, end);
      if (field >= 0 && !values.has(field)) {
        int value = start + encodedNames[field].length + 1;
        values.set(
            field,
            UrlText.decode(new String(encoded, value, end - value, StandardCharsets.ISO_8859_1)));
      }
      start = end + 1;
    }
  }

  /** Returns the index of the name before the equals sign; -1 if it is another one. */
  private int indexOf(byte[] encoded, int start, int end) {
    int[] candidates = encoded[start] < 0 ? null : byFirst[encoded[start]];
    if (candidates != null) {
      for (int candidate : candidates) {
        byte[] name = encodedNames[candidate];
        int equals = start + name.length;
        if (equals < end
            && encoded[equals] == '='
            && Arrays.equals(encoded, start, equals, name, 0, name.length)) {
          return candidate;
        }
      }
    }
    return -1;
  }

  /**
   * Returns the index of the next ampersand, or else of the end. Compares eight bytes at a time,
   * which saves a quarter of the time that a form of 15 kB takes.
   */
  private static int ampersand(byte[] encoded, int start) {
    int next = start;
    for (; next <= encoded.length - EIGHT; next += EIGHT) {
      long difference = (long) EIGHT_BYTES.get(encoded, next) ^ AMPERSANDS;
      long found = (difference - LOW_BITS) & ~difference & HIGH_BITS; // the first zero byte
      if (found != 0) {
        return next + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (next < encoded.length && encoded[next] != '&') {
      next++;
    }
    return next;
  }
}
