package io.voicerouting.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SentinelsTest {

  private static final int NOBODY = 1; // a port on which nobody listens
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RedisClient client = RedisClient.create();

  @AfterEach
  void closeClient() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void noPrimaryIsFoundWithoutAnAnswerAndTheCauseIsReported() {
    RedisURI group =
        RedisURI.builder()
            .withSentinel("localhost", NOBODY)
            .withSentinelMasterId("routing")
            .withTimeout(PATIENCE)
            .build();
    Sentinels sentinels = new Sentinels(() -> client, group, RedisURI.create("localhost", NOBODY));
    NanoClock clock = NanoClock.system();
    ConnectionHolder connections =
        new ConnectionHolder(sentinels, PATIENCE, new Trust(clock, () -> {}), clock);

    Throwable failure = catchThrowable(connections::open);

    assertThat(failure).hasMessage("No address of a Redis primary is known");
    assertThat(failure).rootCause().hasMessageContaining("Connection refused");
    sentinels.close();
  }
}
