package io.voicerouting.testing;

import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A Sentinel. After a restart it has the state that it had stored in its configuration file. */
public final class SentinelInstance extends RedisProcess {

  private final IntFunction<List<String>> settings;

  private SentinelInstance(IntFunction<List<String>> settings) {
    super("sentinel");
    this.settings = settings;
  }

  /** Starts a Sentinel whose directives depend on its port. */
  static SentinelInstance start(IntFunction<List<String>> settings) {
    SentinelInstance sentinel = new SentinelInstance(settings);
    sentinel.launchOnFreePort();
    return sentinel;
  }

  @Override
  List<String> settings() {
    return settings.apply(port());
  }

  @Override
  List<String> arguments() {
    return List.of("--sentinel");
  }

  /**
   * Makes it publish what it knows twice a second and read {@code INFO} once a second. So a primary
   * that was replaced becomes a replica after two seconds instead of eight. Not kept at restarts.
   */
  void hurry() {
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.UTF8)
            .add("DEBUG")
            .add("INFO-PERIOD")
            .add(1000)
            .add("PUBLISH-PERIOD")
            .add(500);
    query(
        commands ->
            commands.dispatch(
                CommandType.SENTINEL, new StatusOutput<>(StringCodec.UTF8), arguments));
  }

  /**
   * Executes Sentinel's own commands as its administrator.
   *
   * @throws io.lettuce.core.RedisException if it does not answer within two seconds, or refuses a
   *     command
   */
  public <T> T query(Function<RedisSentinelCommands<String, String>, T> commands) {
    RedisURI uri = uri();
    try (StatefulRedisSentinelConnection<String, String> connection = CLIENT.connectSentinel(uri)) {
      return commands.apply(connection.sync());
    }
  }
}
