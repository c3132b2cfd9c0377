package io.voicerouting.testing;

import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A Sentinel. After a restart it has the state that it had stored in its configuration file. */
public final class SentinelInstance extends RedisProcess {

  private final String group;
  private final List<String> settings;

  private SentinelInstance(String group, List<String> settings) {
    super("sentinel");
    this.group = group;
    this.settings = settings;
  }

  /** Starts a Sentinel of one group. */
  static SentinelInstance start(String group, List<String> settings) {
    SentinelInstance sentinel = new SentinelInstance(group, settings);
    sentinel.launchOnFreePort();
    return sentinel;
  }

  @Override
  List<String> settings() {
    return settings;
  }

  @Override
  List<String> arguments() {
    return List.of("--sentinel");
  }

  /** The name by which it knows its group. */
  public String group() {
    return group;
  }

  /**
   * Sets how often it publishes what it knows. A primary that was replaced becomes a replica after
   * four such periods, by default after eight seconds. Not kept at restarts.
   */
  void publishEvery(Duration period) {
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.UTF8)
            .add("DEBUG")
            .add("INFO-PERIOD")
            .add(1000)
            .add("PUBLISH-PERIOD")
            .add(period.toMillis())
            .add("TILT-PERIOD")
            .add(1000); // by default it does nothing for 30 s after it was paused for 2 s
    query(
        commands ->
            commands.dispatch(
                CommandType.SENTINEL, new StatusOutput<>(StringCodec.UTF8), arguments));
  }

  /**
   * Executes Sentinel's own commands as its administrator.
   *
   * @throws io.lettuce.core.RedisException if it does not answer within ten seconds, or refuses a
   *     command
   */
  public <T> T query(Function<RedisSentinelCommands<String, String>, T> commands) {
    RedisURI uri = uri();
    try (StatefulRedisSentinelConnection<String, String> connection = CLIENT.connectSentinel(uri)) {
      return commands.apply(connection.sync());
    }
  }
}
