package io.voicerouting.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the errors by which a server of Redis Cluster names another one. */
public final class Redirection {

  private static final String ASK = "ASK ";
  private static final String MOVED = "MOVED ";
  private static final List<String> OF_SLOTS = List.of(ASK, MOVED, "TRYAGAIN ", "CLUSTERDOWN ");

  private Redirection() {}

  /** The reason for a redirection. */
  public enum Kind {
    /** The slot is being moved. */
    ASK,
    /** The slot belongs to another server. */
    MOVED
  }

  /** Returns the kind of a redirection; null for another error. */
  static @Nullable Kind kind(RedisCommandExecutionException refusal) {
    if (isMoved(refusal)) {
      return Kind.MOVED;
    }
    return ask(refusal) == null ? null : Kind.ASK;
  }

  /** Returns the server that takes over the key's slot, as {@code host:port}; null for none. */
  static @Nullable String ask(RedisCommandExecutionException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return message.startsWith(ASK) ? message.substring(message.lastIndexOf(' ') + 1) : null;
  }

  /** Whether the server refused because of the key's slot, so that it may serve other slots. */
  public static boolean isOfSlot(RedisCommandExecutionException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return OF_SLOTS.stream().anyMatch(message::startsWith);
  }

  /** Whether another server serves the key's slot. */
  public static boolean isMoved(RedisCommandExecutionException refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(MOVED);
  }
}
