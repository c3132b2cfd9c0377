package io.voicerouting.cache.redis;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the session on a primary that was replaced but still answers. If most Sentinels name another
 * server, and that server reports the role of a primary, the connection in use is closed. A new
 * session follows, as after a lost connection. Sentinels that do not answer or do not agree change
 * nothing.
 */
public final class PrimaryWatch implements Runnable {

  /** Time between two queries. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");

  private final ConnectionHolder connections;
  private final Sentinels sentinels;
  private final Trust trust;
  private final NanoClock clock;

  public PrimaryWatch(
      ConnectionHolder connections, Sentinels sentinels, Trust trust, NanoClock clock) {
    this.connections = connections;
    this.sentinels = sentinels;
    this.trust = trust;
    this.clock = clock;
  }

  /** Queries the Sentinels once. Called by one thread, once a second. */
  @Override
  public void run() {
    RedisConnection connection = connections.connection();
    if (connection == null) {
      return; // the relay queries the Sentinels before it opens the next connection
    }
    Optional<RedisServer> elected = sentinels.findElected();
    if (elected.isPresent()
        && !elected.get().equals(connection.server())
        && isOtherPrimary(elected.get(), connection)) {
      LOG.info("Voice routing cache: Sentinel has elected another Redis primary");
      trust.revoke();
      connection.close();
    }
  }

  /** An address may be another name of the server in use, whose reign is then the same. */
  private boolean isOtherPrimary(RedisServer elected, RedisConnection connection) {
    Deadline deadline = Deadline.after(Trust.SPAN, clock);
    try (RedisConnection probe = connections.openTo(elected)) {
      return !probe.reign(deadline).equals(connection.reign(deadline));
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: The elected Redis primary cannot be used", e);
      return false;
    }
  }

  /** Closes the connections to Sentinels. */
  public void end() {
    sentinels.close();
  }
}
