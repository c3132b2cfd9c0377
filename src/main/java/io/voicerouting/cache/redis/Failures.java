package io.voicerouting.cache.redis;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Why servers that are asked at the same time do not answer. */
final class Failures {

  private Failures() {}

  /** Returns why one of the queries failed; null if none has failed yet. */
  static @Nullable Throwable firstOf(Collection<? extends CompletableFuture<?>> queries) {
    return queries.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .findFirst()
        .map(CompletableFuture::exceptionNow)
        .orElse(null);
  }
}
