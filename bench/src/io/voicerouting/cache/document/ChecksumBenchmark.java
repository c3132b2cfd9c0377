package io.voicerouting.cache.document;

import io.voicerouting.cache.CacheKey;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
  private static final int VERSION_END = 20;

  /** Bytes of the document: an extension, a schedule, a schedule with very many exceptions. */
  @Param({"420", "2500", "65536"})
  public int bytes;

  private byte[] document = {};

  /** Makes a document of this size. */
  @Setup
  public void fill() {
    document = new byte[bytes];
    Arrays.fill(document, (byte) 'a');
  }

  /** Computes the checksum of a key and a document. */
  @Benchmark
  public String checksum() {
    return DocumentCodec.checksum(KEY, document, VERSION_END, VERSION_END);
  }
}
