package io.voicerouting.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.RedisExecProvider;

/** A Redis of its own; after a restart it has what {@link #save} last stored, or nothing. */
public final class RedisInstance extends ServerProcess {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final List<String> settings;

  private RedisInstance(String... settings) {
    super("redis");
    this.settings = List.of(settings);
  }

  static RedisInstance start(String... settings) {
    RedisInstance redis = new RedisInstance(settings);
    redis.launchOnFreePort();
    return redis;
  }

  @Override
  Path pidFile() {
    return directory().resolve("redis.pid");
  }

  @Override
  void launch() throws IOException {
    Files.deleteIfExists(pidFile());
    List<String> configuration =
        new ArrayList<>(
            List.of(
                "port " + port(),
                "bind 127.0.0.1",
                "dir " + directory(),
                "pidfile " + pidFile(),
                "logfile " + directory().resolve("redis.log"),
                "daemonize yes", // out of reach of the terminal's Ctrl-C, which is meant for the
                // JVM
                "save \"\"",
                "maxmemory-policy noeviction"));
    configuration.addAll(settings);
    Path file = Files.write(directory().resolve("redis.conf"), configuration);
    new ProcessBuilder(executable().toString(), file.toString()).start();
    awaitAnswer();
  }

  /** Stores what it holds now, for restarts to come. */
  public void save() {
    RedisClient client =
        RedisClient.create(RedisURI.builder().withHost(host()).withPort(port()).build());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().save();
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private void awaitAnswer() throws IOException {
    RedisURI uri = RedisURI.builder().withHost(host()).withPort(port()).build();
    RedisClient client = RedisClient.create();
    try {
      long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
      while (!answers(client, uri)) {
        if (System.nanoTime() > deadline) {
          throw new IOException("Redis does not answer on port " + port() + log());
        }
        Thread.sleep(POLL_INTERVAL);
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException(interruption);
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  /** What the server itself has to say, which is removed with its other files. */
  private String log() throws IOException {
    Path log = directory().resolve("redis.log");
    return Files.exists(log) ? "; its log:\n" + Files.readString(log) : "; it has no log";
  }

  /** Whether it is this server that answers; another one may have taken the port. */
  private boolean answers(RedisClient client, RedisURI uri) {
    if (!Files.exists(pidFile())) {
      return false;
    }
    try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
      return connection.sync().info("server").contains("process_id:" + pid() + "\r\n");
    } catch (RedisException notYet) {
      return false;
    }
  }

  /** Kept with the server's files, so that it is removed with them. */
  private Path executable() throws IOException {
    Path kept = directory().resolve("redis-server");
    return Files.exists(kept)
        ? kept
        : Files.move(RedisExecProvider.defaultProvider().get().toPath(), kept);
  }
}
