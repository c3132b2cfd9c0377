package io.voicerouting.testing;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A process of the {@code redis-server} binary. Its configuration file is written before the first
 * start and kept after that, because Redis and Sentinel store their state in it.
 */
abstract sealed class RedisProcess extends ServerProcess permits RedisInstance, SentinelInstance {

  /** Timeout of a connection and of each command; a paused server costs its caller this time. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final String PASSWORD_SETTING = "requirepass ";
  static final RedisClient CLIENT = RedisClient.create();

  static {
    SslOptions certificate =
        SslOptions.builder()
            .sslContext(
                context ->
                    context.keyManager(
                        TlsFiles.ADMINISTRATOR.key(), TlsFiles.ADMINISTRATOR.certificate()))
            .build();
    CLIENT.setOptions(ClientOptions.builder().autoReconnect(false).sslOptions(certificate).build());
  }

  RedisProcess(String name) {
    super(name);
  }

  /** Directives of {@code redis.conf} beside those of every process. */
  abstract List<String> settings();

  /** Arguments of the command line after the configuration file. */
  List<String> arguments() {
    return List.of();
  }

  @Override
  Path pidFile() {
    return directory().resolve("redis.pid");
  }

  @Override
  void prepare(int attempt) throws IOException {
    List<String> configuration =
        new ArrayList<>(
            List.of(
                usesTls() ? "port 0\ntls-port " + port() : "port " + port(),
                "bind 127.0.0.1",
                "dir " + directory(),
                "pidfile " + pidFile(),
                "logfile " + directory().resolve("redis.log"),
                "daemonize yes")); // the terminal's Ctrl-C is meant for the JVM alone
    configuration.addAll(settings());
    Files.write(configurationFile(), configuration);
  }

  @Override
  void launch() throws IOException {
    Files.deleteIfExists(pidFile());
    ProcessBuilder builder =
        new ProcessBuilder(RedisExecutable.path().toString(), configurationFile().toString());
    builder.command().addAll(arguments());
    builder.start();
    try {
      Conditions.await(this + " answers", this::answers);
    } catch (ConditionTimeoutException timeout) {
      throw new IOException("Redis does not answer on port " + port() + log(), timeout);
    }
  }

  private boolean usesTls() {
    return settings().stream().anyMatch(setting -> setting.startsWith("tls-cert-file "));
  }

  private Path configurationFile() {
    return directory().resolve("redis.conf");
  }

  /** The server's own log, which is deleted with its other files. */
  private String log() throws IOException {
    Path log = directory().resolve("redis.log");
    return Files.exists(log) ? "; its log:\n" + Files.readString(log) : "; it has no log";
  }

  /** Whether this server answers; another one may have taken the port. */
  private boolean answers() {
    return Files.exists(pidFile()) && info("server").contains("process_id:" + pid() + "\r\n");
  }

  /** Where it listens, with the credentials of its administrator. */
  RedisURI uri() {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(host())
            .withPort(port())
            .withTimeout(TIMEOUT)
            .withSsl(usesTls())
            .withVerifyPeer(SslVerifyMode.NONE); // whether clients trust it is for tests to say
    settings().stream()
        .filter(setting -> setting.startsWith(PASSWORD_SETTING))
        .forEach(setting -> uri.withPassword(setting.substring(PASSWORD_SETTING.length())));
    return uri.build();
  }

  /**
   * Executes commands as the administrator, on a connection of their own.
   *
   * @throws io.lettuce.core.RedisException if the server does not answer within ten seconds, or
   *     refuses a command
   */
  public <T> T execute(Function<RedisCommands<String, String>, T> commands) {
    try (StatefulRedisConnection<String, String> connection = CLIENT.connect(uri())) {
      return commands.apply(connection.sync());
    }
  }

  private String info(String section) {
    return execute(redis -> redis.info(section));
  }

  /** A field of a section of {@code INFO}, or an empty string without such a field. */
  String info(String section, String field) {
    return info(section)
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1))
        .findFirst()
        .orElse("");
  }
}
