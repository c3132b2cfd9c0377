package io.voicerouting.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes rules in the format of a JDK's {@code lib/tzdb.dat}. */
public final class MadeTzdb {

  private MadeTzdb() {}

  /** Writes a file with these zones. */
  public static Path write(Path file, String version, Map<String, ZoneRules> zones)
      throws IOException {
    Map<String, ZoneRules> sorted = new TreeMap<>(zones);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeUTF("TZDB");
    out.writeShort(1); // versions
    out.writeUTF(version);
    out.writeShort(sorted.size());
    for (String name : sorted.keySet()) {
      out.writeUTF(name);
    }
    out.writeShort(sorted.size());
    for (ZoneRules rules : sorted.values()) {
      byte[] data = data(rules);
      out.writeShort(data.length);
      out.write(data);
    }
    out.writeShort(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      out.writeShort(i);
      out.writeShort(i);
    }
    out.writeShort(0); // aliases
    return Files.write(file, bytes.toByteArray());
  }

  /** The data of the serialized form: of fewer than 256 bytes, a block at the end. */
  private static byte[] data(ZoneRules rules) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rules);
    }
    byte[] serialized = bytes.toByteArray();
    int classDescription = 39;
    int tagAndLength = 2;
    return Arrays.copyOfRange(serialized, classDescription + tagAndLength, serialized.length - 1);
  }
}
