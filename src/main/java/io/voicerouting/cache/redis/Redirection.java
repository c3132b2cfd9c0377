package io.voicerouting.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/** Reads the errors by which a server of Redis Cluster names another one. */
public final class Redirection {

  private static final String ASK = "ASK ";
  private static final String MOVED = "MOVED ";

  private Redirection() {}

  /** Returns the server that takes over the key's slot, as {@code host:port}; null for none. */
  static @Nullable String ask(RedisCommandExecutionException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return message.startsWith(ASK) ? message.substring(message.lastIndexOf(' ') + 1) : null;
  }

  /** Whether another server serves the key's slot. */
  public static boolean isMoved(RedisCommandExecutionException refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(MOVED);
  }
}
