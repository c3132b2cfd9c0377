package io.voicerouting.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When Redis counts as unavailable. */
class RedisRepliesTest {

  private static final Duration TIMEOUT = Duration.ofMillis(1);

  private final AtomicInteger timeouts = new AtomicInteger();
  private final RedisReplies replies =
      new RedisReplies(
          System::nanoTime,
          TIMEOUT,
          Duration.ofSeconds(1),
          timeouts::incrementAndGet,
          refusal -> {});
  private final Deadline later = Deadline.after(Duration.ofMinutes(1), NanoClock.system());

  /** A reply that is there, for which the first look comes too early nonetheless. */
  private static final class SeenLate extends CompletableFuture<String> {
    private boolean looked;

    @Override
    public String get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      if (!looked) {
        looked = true;
        throw new TimeoutException("a pause of the whole process");
      }
      return super.get(timeout, unit);
    }
  }

  @Test
  void singleCheckDoesNotDeclareRedisUnresponsive() {
    SeenLate reply = new SeenLate();
    reply.complete("PONG");

    assertThat(replies.await(reply, later)).isEqualTo("PONG");
    assertThat(timeouts).hasValue(0);
  }

  @Test
  void missingReplyTimesOutAndIsReported() {
    assertThatThrownBy(() -> replies.await(new CompletableFuture<>(), later))
        .isInstanceOf(CacheUnavailableException.class);
    assertThat(timeouts).hasValue(1);
  }

  @Test
  void callerWithLessTimeDoesNotReportATimeout() {
    assertThatThrownBy(
            () ->
                replies.await(
                    new CompletableFuture<>(), Deadline.after(Duration.ZERO, NanoClock.system())))
        .isInstanceOf(CacheUnavailableException.class);
    assertThat(timeouts).hasValue(0);
  }

  @Test
  void nullReplyIsOnlyValidForNullableCommands() {
    CompletableFuture<String> nothing = CompletableFuture.completedFuture(null);

    assertThat(replies.awaitAny(nothing, later)).isNull();
    assertThatThrownBy(() -> replies.await(nothing, later))
        .isInstanceOf(CacheUnavailableException.class);
  }

  @Test
  void timedOutCommandIsAConnectionFailure() {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);

    assertThatThrownBy(() -> replies.await(cancelled, later))
        .isInstanceOf(CacheUnavailableException.class);
  }

  @Test
  void errorReplyIsNoConnectionFailure() {
    assertThatThrownBy(
            () ->
                replies.await(
                    CompletableFuture.failedFuture(new RedisCommandExecutionException("OOM")),
                    later))
        .isInstanceOf(RedisCommandExecutionException.class);
    assertThatThrownBy(
            () ->
                replies.await(
                    CompletableFuture.failedFuture(new IllegalStateException("closed")), later))
        .isInstanceOf(CacheUnavailableException.class);
  }
}
