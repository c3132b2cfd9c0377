package io.voicerouting.cache;

import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelGroup;
import io.voicerouting.testing.SentinelInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Each instance has one Sentinel, which names the server of that instance whatever happens. */
class SentinelFailoverTest extends ReplicationFailoverContract {

  private final List<SentinelInstance> sentinels = new ArrayList<>();

  @Override
  EngineInstance connect(RedisInstance server, ManualClock clock) {
    SentinelInstance sentinel = SentinelGroup.startLoneSentinel(server);
    sentinels.add(sentinel);
    return EngineInstance.trusting(List.of(sentinel), clock);
  }

  @AfterEach
  void closeSentinels() {
    sentinels.forEach(SentinelInstance::close);
  }
}
