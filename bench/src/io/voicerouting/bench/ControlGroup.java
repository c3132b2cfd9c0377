package io.voicerouting.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.util.unit.DataSize;

/**
 * A control group of Linux with a memory limit, as a container has one. The kernel kills a process
 * in it when the group is at its limit and nothing can be reclaimed. Needs root.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control groups, version 2</a>
 */
final class ControlGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final long MEBIBYTE = 1 << 20;

  private final Path directory;
  private final boolean unified;

  private ControlGroup(Path directory, boolean unified) {
    this.directory = directory;
    this.unified = unified;
  }

  /**
   * Creates a group.
   *
   * @throws IllegalStateException if this user may not, or the kernel offers no memory controller
   */
  static ControlGroup create(DataSize limit) {
    boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
    Path directory =
        (unified ? ROOT : ROOT.resolve("memory"))
            .resolve("voice-routing-bench-" + ProcessHandle.current().pid());
    ControlGroup group = new ControlGroup(directory, unified);
    try {
      Files.createDirectories(directory);
      Files.writeString(group.file("memory.max", "memory.limit_in_bytes"), limit.toBytes() + "\n");
      return group;
    } catch (IOException e) {
      throw new IllegalStateException(
          "No control group with a memory limit can be made (expected: root): " + e, e);
    }
  }

  /** A command that runs another in this group. */
  List<String> prefix() {
    return List.of(
        "sh", "-c", "echo $$ > " + directory.resolve("cgroup.procs") + "; exec \"$@\"", "sh");
  }

  /** Memory of the group now, page cache included. */
  long usedMebibytes() {
    return number("memory.current", "memory.usage_in_bytes") / MEBIBYTE;
  }

  /** The most memory that the group had. */
  long peakMebibytes() {
    return number("memory.peak", "memory.max_usage_in_bytes") / MEBIBYTE;
  }

  /** Memory of the group now that the kernel cannot reclaim: heaps, stacks, all without a file. */
  long anonymousMebibytes() {
    return field(file("memory.stat", "memory.stat"), unified ? "anon" : "total_rss") / MEBIBYTE;
  }

  /** How often the group was at its limit, so that the kernel had to reclaim memory. */
  long timesAtLimit() {
    return unified
        ? field(directory.resolve("memory.events"), "max")
        : number("memory.events", "memory.failcnt");
  }

  /** How many processes of the group the kernel killed for want of memory. */
  long kills() {
    return field(file("memory.events", "memory.oom_control"), "oom_kill");
  }

  private long number(String file, String legacyFile) {
    return Long.parseLong(read(file(file, legacyFile)).strip());
  }

  private static long field(Path file, String name) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(file + " has no " + name));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name, String legacyName) {
    return directory.resolve(unified ? name : legacyName);
  }

  /** Removes the group, whose processes have ended. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
