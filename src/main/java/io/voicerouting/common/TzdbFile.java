package io.voicerouting.common;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules of a file in the format of the JDK's own {@code lib/tzdb.dat}. Java keeps the rules
 * that it started with, so the zones of the file get names of their own, such as {@code
 * tzdb-2026d-1/Europe/Berlin}.
 */
final class TzdbFile extends ZoneRulesProvider {

  private static final String FORMAT = "TZDB";
  private static final String DAMAGED = "not in the format of a JDK's lib/tzdb.dat";
  private static final byte[] ENVELOPE = envelope();

  private final String version;
  private final String prefix;
  private final Map<String, ZoneRules> rulesByName;

  private TzdbFile(String version, String prefix, Map<String, ZoneRules> rulesByName) {
    this.version = version;
    this.prefix = prefix;
    this.rulesByName = rulesByName;
  }

  /**
   * Reads a file.
   *
   * @param number distinguishes the files that one process reads
   * @throws IOException if the file cannot be read or has another format
   */
  static TzdbFile read(Path path, int number) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)), number);
    } catch (EOFException | IndexOutOfBoundsException e) {
      throw new IOException(DAMAGED, e);
    }
  }

  private static TzdbFile read(DataInputStream in, int number) throws IOException {
    if (in.readByte() != 1 || !in.readUTF().equals(FORMAT) || in.readUnsignedShort() != 1) {
      throw new IOException(DAMAGED);
    }
    String version = in.readUTF();
    String[] names = new String[in.readUnsignedShort()];
    for (int i = 0; i < names.length; i++) {
      names[i] = in.readUTF();
    }
    ZoneRules[] rules = new ZoneRules[in.readUnsignedShort()];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = parse(in.readNBytes(in.readUnsignedShort()));
    }
    Map<String, ZoneRules> rulesByName = new HashMap<>();
    int zones = in.readUnsignedShort();
    for (int i = 0; i < zones; i++) {
      rulesByName.put(names[in.readUnsignedShort()], rules[in.readUnsignedShort()]);
    }
    return new TzdbFile(version, "tzdb-" + version + "-" + number + "/", rulesByName);
  }

  /**
   * The file holds the serialized form that {@link ZoneRules} documents, without the envelope of
   * Java's serialization. Inside an envelope, the JDK parses it.
   */
  private static ZoneRules parse(byte[] rules) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(ENVELOPE);
    out.writeByte(ObjectStreamConstants.TC_BLOCKDATALONG);
    out.writeInt(rules.length);
    out.write(rules);
    out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("java.time.**;!*"));
      return (ZoneRules) in.readObject();
    } catch (ClassNotFoundException | RuntimeException e) {
      throw new IOException(DAMAGED, e);
    }
  }

  /** The start of a serialized {@link ZoneRules}, up to its data. */
  private static byte[] envelope() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ZoneRules.of(ZoneOffset.UTC));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] sample = bytes.toByteArray();
    int data = 0;
    // The data is one block: its tag, its length, and the bytes that the length counts.
    while (sample[data] != ObjectStreamConstants.TC_BLOCKDATA
        || data + 3 + sample[data + 1] != sample.length) {
      data++;
    }
    return Arrays.copyOf(sample, data);
  }

  @Override
  protected Set<String> provideZoneIds() {
    return rulesByName.keySet().stream().map(prefix::concat).collect(Collectors.toSet());
  }

  @Override
  protected ZoneRules provideRules(String zoneId, boolean forCaching) {
    ZoneRules rules = rulesByName.get(zoneId.substring(prefix.length()));
    if (rules == null) {
      throw new ZoneRulesException("Unknown time-zone ID: " + zoneId);
    }
    return rules;
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
    return new TreeMap<>(Map.of(version, provideRules(zoneId, false)));
  }

  String version() {
    return version;
  }

  Set<String> names() {
    return rulesByName.keySet();
  }

  /** Returns Java's name of a zone of the file. */
  String registeredName(String name) {
    return prefix + name;
  }
}
