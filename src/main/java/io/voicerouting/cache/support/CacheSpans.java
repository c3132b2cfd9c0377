package io.voicerouting.cache.support;

import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Tracer;
import io.voicerouting.cache.CacheKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates spans of what a traced request waits for: Redis, leases, loads, evictions. Hits of the
 * near cache have none. Thread-safe.
 */
public final class CacheSpans {

  /** Creates no spans. */
  public static final CacheSpans OFF = new CacheSpans(Tracer.NOOP);

  private final Tracer tracer;
  private final boolean on;

  /**
   * @param tracer {@link Tracer#NOOP} for none
   */
  public CacheSpans(Tracer tracer) {
    this.tracer = tracer;
    this.on = !Tracer.NOOP.equals(tracer);
  }

  /**
   * Runs a step within a span. There is none if this thread serves no traced request.
   *
   * @param name such as {@code redis get}
   * @param key of the document; null for several
   * @return what the step returned
   */
  public <T extends @Nullable Object> T trace(
      String name, @Nullable CacheKey key, Supplier<T> step) {
    return on && tracer.currentSpan() != null ? record(name, key, step) : step.get();
  }

  private <T extends @Nullable Object> T record(
      String name, @Nullable CacheKey key, Supplier<T> step) {
    ScopedSpan span = tracer.startScopedSpan(name);
    if (key != null) {
      span.tag("cache.resource", key.resource()).tag("cache.key", key.redisKey());
    }
    try {
      return step.get();
    } catch (RuntimeException | Error e) {
      span.error(e);
      throw e;
    } finally {
      span.end();
    }
  }
}
