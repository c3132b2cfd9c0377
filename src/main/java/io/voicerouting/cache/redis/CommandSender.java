package io.voicerouting.cache.redis;

import java.util.function.Supplier;

/** Decides whether a command may be sent, and whether its reply counts. */
public interface CommandSender {

  /**
   * Sends a command.
   *
   * @param command sends it, without waiting for the reply
   * @return what {@code command} returned
   * @throws io.voicerouting.cache.CacheUnavailableException if it may not be sent, or was sent too
   *     late for its reply to count
   */
  <T> T send(Supplier<T> command);
}
