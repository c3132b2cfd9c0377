package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.voicerouting.cache.CacheKey;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the checksum adds to each reading and writing of a document in Redis. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChecksumBenchmark {

  private static final CacheKey KEY = new CacheKey("extension", 42, "1001");
  private static final byte[] VERSION = "{\"schema_version\":2,".getBytes(UTF_8);

  /** Bytes of the document: an extension, a schedule, a schedule with very many exceptions. */
  @Param({"420", "2500", "65536"})
  public int bytes;

  private byte[] members = {};
  private byte[] entry = {};

  /** Makes a document of this size. */
  @Setup
  public void fill() {
    members = new byte[bytes];
    Arrays.fill(members, (byte) 'a');
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(VERSION);
    whole.writeBytes(Checksum.member(KEY, VERSION, members));
    whole.writeBytes(members);
    entry = whole.toByteArray();
  }

  /** Writes the member that a document begins with. */
  @Benchmark
  public byte[] write() {
    return Checksum.member(KEY, VERSION, members);
  }

  /** Compares the checksum of a document that was read. */
  @Benchmark
  public @Nullable String read() {
    return Checksum.error(KEY, entry, VERSION.length);
  }
}
