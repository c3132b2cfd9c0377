package io.voicerouting.cache;

import io.voicerouting.testing.RedisInstance;

class StandaloneFailoverTest extends FailoverContract {

  @Override
  EngineInstance connect(RedisInstance server, ManualClock clock) {
    return EngineInstance.trusting(server, clock);
  }
}
