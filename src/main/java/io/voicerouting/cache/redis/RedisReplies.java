package io.voicerouting.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for replies on one connection. All methods throw {@link CacheUnavailableException} when no
 * reply came in time, and {@link RedisCommandExecutionException} when Redis refused the command.
 */
public final class RedisReplies {

  private static final Duration RETRY_WAIT = Duration.ofMillis(10);

  private final NanoClock clock;
  private final Duration commandTimeout;
  private final Duration maxWait;
  private final Runnable onTimeout;
  private final Consumer<RedisCommandExecutionException> onRefusal;
  private volatile long lastReplyNanos;
  private volatile boolean wasSilent;

  /**
   * @param clock the monotonic clock of {@link #wasSilent}
   * @param commandTimeout longest wait for the reply to one command
   * @param maxWait longest wait for a reply that comes behind many others
   * @param onTimeout called when a command got no reply in that time; not if the deadline of the
   *     caller was earlier
   * @param onRefusal called when Redis refused a command
   */
  RedisReplies(
      NanoClock clock,
      Duration commandTimeout,
      Duration maxWait,
      Runnable onTimeout,
      Consumer<RedisCommandExecutionException> onRefusal) {
    this.clock = clock;
    this.lastReplyNanos = clock.getAsLong();
    this.commandTimeout = commandTimeout;
    this.maxWait = maxWait;
    this.onTimeout = onTimeout;
    this.onRefusal = onRefusal;
  }

  /** Waits for a reply; null if it is nil. */
  <T> @Nullable T awaitAny(CompletionStage<T> reply, Deadline deadline) {
    return await(reply, deadline, commandTimeout);
  }

  /**
   * Waits for a reply until the deadline, but no longer than trust lasts, when there is no other
   * source; null if the reply is nil.
   */
  <T> @Nullable T awaitExtended(CompletionStage<T> reply, Deadline deadline) {
    return await(reply, deadline, maxWait);
  }

  /** Waits for a reply that must not be nil. */
  public <T> T await(CompletionStage<T> reply, Deadline deadline) {
    return requireReply(await(reply, deadline, commandTimeout));
  }

  /**
   * Waits for a reply that comes behind many others, as in bulk work: longer than the command
   * timeout, but no longer than trust lasts.
   */
  public <T> T awaitBulk(CompletionStage<T> reply, Deadline deadline) {
    return requireReply(await(reply, deadline, maxWait));
  }

  private void recordReply() {
    if (wasSilent()) {
      wasSilent = true; // this reply may have been sent before the pause
    }
    lastReplyNanos = clock.getAsLong();
  }

  /** Begins to watch for silence: earlier silence does not count. */
  void watchForSilence() {
    lastReplyNanos = clock.getAsLong();
    wasSilent = false;
  }

  /**
   * Whether there was once, or is now, no successful reply for longer than the longest wait. Either
   * end was paused then.
   */
  boolean wasSilent() {
    return wasSilent || clock.getAsLong() - lastReplyNanos > maxWait.toNanos();
  }

  private static <T> T requireReply(@Nullable T value) {
    if (value == null) {
      throw new CacheUnavailableException("Redis answered nothing where a reply was expected");
    }
    return value;
  }

  private <T> @Nullable T await(CompletionStage<T> reply, Deadline deadline, Duration timeout) {
    CompletableFuture<T> future = reply.toCompletableFuture();
    long left = deadline.remainingNanos();
    boolean fullTimeout = left >= timeout.toNanos();
    try {
      T value =
          fullTimeout ? getWithRetry(future, timeout) : future.get(left, TimeUnit.NANOSECONDS);
      recordReply();
      return value;
    } catch (TimeoutException e) {
      if (fullTimeout) {
        onTimeout.run();
      }
      throw new CacheUnavailableException("Redis did not answer within its time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheUnavailableException("Interrupted while waiting for Redis", e);
    } catch (CancellationException e) {
      throw new CacheUnavailableException("The connection to Redis was closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisCommandExecutionException refused) {
        onRefusal.accept(refused);
        throw refused;
      }
      throw new CacheUnavailableException("The connection to Redis failed", e);
    }
  }

  /**
   * Waits a second time, briefly: after a pause of the whole process, the first wait may end before
   * the thread that received the reply has run.
   */
  private static <T> @Nullable T getWithRetry(CompletableFuture<T> reply, Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException first) {
      return reply.get(RETRY_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
