package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.voicerouting.cache.CacheKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The member of a document in Redis that follows its schema version: a checksum of its key and all
 * other members. A release that computes it otherwise must rename it.
 */
final class Checksum {

  static final String NAME = "crc32c";

  private static final byte[] START = ("\"" + NAME + "\":\"").getBytes(UTF_8);
  private static final int DIGITS = 8;
  private static final int LENGTH = START.length + DIGITS + "\",".length();

  private Checksum() {}

  /**
   * Returns the member.
   *
   * @param version the start of the document, with its schema version
   * @param members those that follow the checksum
   */
  static byte[] member(CacheKey key, byte[] version, byte[] members) {
    CRC32C crc = start(key, version, version.length);
    crc.update(members);
    return ("\"" + NAME + "\":\"" + hex(crc) + "\",").getBytes(UTF_8);
  }

  /**
   * Returns what is wrong with the checksum; null if it is right or there is none.
   *
   * @param versionEnd index behind the schema version
   */
  static @Nullable String error(CacheKey key, byte[] entry, int versionEnd) {
    int digits = versionEnd + START.length;
    int end = versionEnd + LENGTH;
    if (entry.length < end || !Arrays.equals(entry, versionEnd, digits, START, 0, START.length)) {
      return null; // of the previous release
    }
    CRC32C crc = start(key, entry, versionEnd);
    crc.update(entry, end, entry.length - end);
    String stored = new String(entry, digits, DIGITS, ISO_8859_1);
    return stored.equals(hex(crc))
        ? null
        : "the checksum of the content is " + hex(crc) + " instead of " + stored;
  }

  private static CRC32C start(CacheKey key, byte[] bytes, int versionEnd) {
    CRC32C crc = new CRC32C();
    crc.update(key.redisKey().getBytes(UTF_8));
    crc.update(bytes, 0, versionEnd);
    return crc;
  }

  private static String hex(CRC32C crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
