package io.voicerouting.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A server's directory, with a record beside it of the server's process and of the JVM it belongs
 * to. A JVM that was killed cannot stop its servers; by the records the next one does.
 *
 * @param directory the server's own directory
 * @param record the record
 */
record ServerHome(Path directory, Path record) {

  private static final Logger LOG = LoggerFactory.getLogger(ServerHome.class);
  private static final String RECORD_SUFFIX = ".properties";
  private static final Path BASE =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "voice-routing-servers-" + System.getProperty("user.name"));

  /** A new home of a server of this JVM. */
  static ServerHome create(String name) {
    return create(BASE, name, ProcessIdentity.of(ProcessHandle.current()));
  }

  static ServerHome create(Path base, String name, ProcessIdentity owner) {
    Path directory = base.resolve(name + "-" + UUID.randomUUID());
    ServerHome home =
        new ServerHome(directory, base.resolve(directory.getFileName() + RECORD_SUFFIX));
    try {
      Files.createDirectories(base);
      home.write("owner", owner); // first: what has no record is never removed
      Files.createDirectory(directory);
      return home;
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
  }

  /** Notes the process that is now the server. */
  void recordServer(ProcessHandle server) {
    try {
      write("server", ProcessIdentity.of(server));
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
  }

  /** Removes directory and record. The server has ended. */
  void delete() {
    try {
      FileSystemUtils.deleteRecursively(directory);
      Files.deleteIfExists(record);
    } catch (IOException refusal) {
      LOG.warn("{} stays: {}", directory, refusal.toString());
    }
  }

  /** Ends every recorded server whose JVM is gone, and removes its home. */
  static void removeLeftovers() {
    removeLeftovers(BASE);
  }

  static void removeLeftovers(Path base) {
    if (!Files.isDirectory(base)) {
      return;
    }
    try (DirectoryStream<Path> records = Files.newDirectoryStream(base, "*" + RECORD_SUFFIX)) {
      for (Path record : records) {
        removeLeftover(record);
      }
    } catch (IOException refusal) {
      LOG.warn("Leftovers in {} stay: {}", base, refusal.toString());
    }
  }

  private static void removeLeftover(Path record) {
    try {
      Properties entries = read(record);
      if (identity(entries, "owner").find().isPresent()) {
        return;
      }
      if (entries.containsKey("server")) {
        identity(entries, "server").find().ifPresent(Processes::kill);
      }
      String name = record.getFileName().toString();
      Path directory =
          record.resolveSibling(name.substring(0, name.length() - RECORD_SUFFIX.length()));
      new ServerHome(directory, record).delete();
      LOG.info("Removed what a killed run left: {}", directory.getFileName());
    } catch (IOException | RuntimeException refusal) { // such as: another JVM was faster
      LOG.debug("Leftover {} passed over", record, refusal);
    }
  }

  private static ProcessIdentity identity(Properties entries, String key) {
    return ProcessIdentity.parse(entries.getProperty(key, ""));
  }

  private void write(String key, ProcessIdentity identity) throws IOException {
    Properties entries = Files.exists(record) ? read(record) : new Properties();
    entries.setProperty(key, identity.toString());
    Path draft = record.resolveSibling(record.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(draft)) {
      entries.store(writer, null);
    }
    Files.move(draft, record, StandardCopyOption.ATOMIC_MOVE); // never seen half written
  }

  private static Properties read(Path record) throws IOException {
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(record)) {
      entries.load(reader);
    }
    return entries;
  }
}
