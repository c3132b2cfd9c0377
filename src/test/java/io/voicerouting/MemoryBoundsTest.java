package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.testing.ShippedSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The bounds of all parts of the process, added up as in {@code docs/memory.md}. The constants are
 * the parts that no option bounds; they were measured with 40,000 extensions.
 */
class MemoryBoundsTest {

  private static final double MEBIBYTE = 1 << 20;

  /** Names of classes and methods, the class data archive and other data of the JVM. */
  private static final double JVM_MEBIBYTES = 52;

  /** Data about compiled methods that is outside the code cache, per byte of it. */
  private static final double CODE_DATA = 0.65;

  /** Platform threads; 45 were the most. */
  private static final int THREADS = 64;

  /** What a compilation takes beyond its limit before it is given up, and C1, which takes less. */
  private static final double COMPILER_EXCESS_MEBIBYTES = 12;

  /** Live objects of the service without the near cache, after a full collection. */
  private static final double LIVE_WITHOUT_NEAR_MEBIBYTES = 45;

  /** Freed memory that malloc keeps, page tables, socket buffers and mapped files in use. */
  private static final double MALLOC_AND_KERNEL_MEBIBYTES = 30;

  private final List<String> options = ShippedSettings.jvmOptions();

  @Test
  void boundsFitIntoTheContainersLimit() {
    Map<String, Double> parts = parts();

    double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();

    assertThat(sum).as("MiB of %s", parts).isLessThanOrEqualTo(limit());
  }

  @Test
  void nearCacheTakesAtMostAThirdOfTheHeap() {
    Binder defaults = new Binder(new MapConfigurationPropertySource());
    CacheProperties properties = defaults.bindOrCreate("routing.cache", CacheProperties.class);

    double nearCache = properties.near().maxSize().toBytes() / MEBIBYTE;

    assertThat(nearCache).isPositive().isLessThanOrEqualTo(heap() / 3);
  }

  /** Else full collections follow one another. */
  @Test
  void oldGenerationHoldsTheNearCacheAndEverythingThatStays() {
    Binder defaults = new Binder(new MapConfigurationPropertySource());
    CacheProperties properties = defaults.bindOrCreate("routing.cache", CacheProperties.class);

    double nearCache = properties.near().maxSize().toBytes() / MEBIBYTE;

    assertThat(heap() - mebibytes("-Xmn"))
        .isGreaterThanOrEqualTo(nearCache + LIVE_WITHOUT_NEAR_MEBIBYTES);
  }

  @Test
  void imageUsesTheOptionsAndBoundsMallocArenas() {
    assertThat(ShippedSettings.environment())
        .containsEntry("JDK_JAVA_OPTIONS", "@/app/jvm.options")
        .containsEntry("MALLOC_ARENA_MAX", "2");
    assertThat(options).contains("-XX:+UseSerialGC", "-XX:CICompilerCount=2");
  }

  private Map<String, Double> parts() {
    double code = mebibytes("-XX:ReservedCodeCacheSize=");
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("heap", heap());
    parts.put("class data", mebibytes("-XX:MaxMetaspaceSize="));
    parts.put("code", code * (1 + CODE_DATA));
    parts.put(
        "compilers", mebibytes("-XX:CompileCommand=MemLimit,*.*,") + COMPILER_EXCESS_MEBIBYTES);
    parts.put("stacks", THREADS * mebibytes("-Xss"));
    parts.put("direct buffers of the JDK", mebibytes("-XX:MaxDirectMemorySize="));
    parts.put("direct buffers of Netty", mebibytes("-Dio.netty.maxDirectMemory="));
    parts.put("JVM", JVM_MEBIBYTES);
    parts.put("malloc and kernel", MALLOC_AND_KERNEL_MEBIBYTES);
    return parts;
  }

  private double limit() {
    return ShippedSettings.memoryLimit().toBytes() / MEBIBYTE;
  }

  private double heap() {
    return limit() * Double.parseDouble(value("-XX:MaxRAMPercentage=")) / 100;
  }

  private double mebibytes(String option) {
    return ShippedSettings.size(value(option)).toBytes() / MEBIBYTE;
  }

  private String value(String option) {
    List<String> values =
        options.stream()
            .filter(line -> line.startsWith(option))
            .map(line -> line.substring(option.length()))
            .toList();
    assertThat(values).as(option).hasSize(1);
    return values.getFirst();
  }
}
