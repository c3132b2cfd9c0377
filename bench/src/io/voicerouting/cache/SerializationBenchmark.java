package io.voicerouting.cache;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.DocumentCodec.Decoded;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.extension.ExtensionView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding of documents in Redis. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SerializationBenchmark {

  private static final CacheKey KEY = new CacheKey("extension", 42, "1001");
  private static final Instant LOADED_AT = Instant.parse("2026-11-24T14:00:00.123Z");

  private final DocumentCodec<ExtensionView> extensions =
      new DocumentCodec<>(new Kind<>("extension", ExtensionView.class));
  private final DocumentCodec<ActiveSchedule> schedules =
      new DocumentCodec<>(new Kind<>("business_hours", ActiveSchedule.class));
  private final ExtensionView extension = extension();
  private final ActiveSchedule schedule = schedule();
  private final byte[] extensionBytes = extensions.encode(KEY, loaded(extension), LOADED_AT);
  private final byte[] scheduleBytes = schedules.encode(KEY, loaded(schedule), LOADED_AT);

  private static <V> LoadResult<V> loaded(V document) {
    return new LoadResult<>(document, DatabaseSnapshot.parse("7340021:7340025:7340021,7340023"));
  }

  /** A resource with what the codec needs. */
  private record Kind<V>(ResourceDefinition<V> definition) implements CachedResource<V> {

    Kind(String name, Class<V> type) {
      this(new ResourceDefinition<>(name, name, type, 1, Duration.ofMinutes(1)));
    }

    @Override
    public @Nullable LoadedDocument<V> load(long organizationId, @Nullable String identifier) {
      return null;
    }

    @Override
    public List<CacheKey> keysToWarm(long organizationId) {
      return List.of();
    }

    @Override
    public TaggedKeys taggedKeys() {
      throw new UnsupportedOperationException();
    }
  }

  private static ExtensionView extension() {
    return new ExtensionView(
        1001,
        3,
        Instant.parse("2026-11-23T14:00:00.123456Z"),
        Instant.parse("2026-11-24T14:00:00.123456Z"),
        42,
        "1001",
        ExtensionType.USER,
        ExtensionStatus.ACTIVE,
        "Alice Johnson",
        true,
        false,
        true,
        Map.of("timeout_seconds", 20));
  }

  private static ActiveSchedule schedule() {
    Schedules schedule = Schedules.in("America/New_York").weekdays("08:00-12:00", "13:00-18:00");
    for (int day = 1; day <= 10; day++) {
      String date = LocalDate.of(2026, 11, 23).plusDays(20L * day).toString();
      if (day % 2 == 0) {
        schedule.except(date);
      } else {
        schedule.except(date, "10:00-14:00");
      }
    }
    return ActiveSchedule.of(schedule.view());
  }

  /** Encodes an extension. */
  @Benchmark
  public byte[] encodeExtension() {
    return extensions.encode(KEY, loaded(extension), LOADED_AT);
  }

  /** Decodes an extension. */
  @Benchmark
  public Decoded<ExtensionView> decodeExtension() {
    return extensions.decode(KEY, extensionBytes);
  }

  /** Encodes a schedule with ten exceptions. */
  @Benchmark
  public byte[] encodeSchedule() {
    return schedules.encode(KEY, loaded(schedule), LOADED_AT);
  }

  /** Decodes a schedule with ten exceptions, without preparing its days. */
  @Benchmark
  public Decoded<ActiveSchedule> decodeSchedule() {
    return schedules.decode(KEY, scheduleBytes);
  }
}
