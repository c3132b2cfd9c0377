package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clearing an organization of very many documents. */
@EngineTest
class ClearTest {

  private static final int KEYS = 50_000;
  private static final String INDEX = RedisKeys.index(7);

  /** In steps, as a script of 50,000 commands would hold Redis for long on a busy machine. */
  private static final String STORE =
      """
      for i = ARGV[1], ARGV[1] + 999 do
        local key = 'routing:extension:7:' .. string.format('%d', i)
        redis.call('SET', key, 'x', 'EX', 600)
        redis.call('ZADD', KEYS[1], 4102444800000, key)
      end
      return redis.status_reply('OK')
      """;

  @Test
  void clearingFiftyThousandDocumentsTakesChunksAndKeepsTheIndex() {
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, new ManualClock())) {
      RedisClient client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        var commands = connection.sync();
        for (int from = 0; from < KEYS; from += 1000) {
          String[] index = {INDEX};
          commands.eval(STORE, ScriptOutputType.STATUS, index, String.valueOf(from));
        }
        commands.configResetstat();

        assertThat(instance.clear(7)).isEqualTo(KEYS);

        assertThat(commands.dbsize()).isEqualTo(1);
        assertThat(commands.zcard(INDEX)).isEqualTo(KEYS);
        String statistics = commands.info("commandstats");
        assertThat(CommandStatistics.calls(statistics, "del"))
            .isEqualTo(2L * KEYS); // each holds one key or one lease: none holds Redis for long
        assertThat(CommandStatistics.calls(statistics, "zscan"))
            .isBetween(KEYS / 1000L, KEYS / 100L);
        assertThat(statistics).doesNotContain("cmdstat_keys", "cmdstat_scan:");
      } finally {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      }
    }
  }
}
