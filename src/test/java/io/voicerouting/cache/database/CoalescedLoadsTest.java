package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.Caller;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineInstance;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.Gate;
import io.voicerouting.cache.ManualClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lookups without Redis. */
@EngineTest
class CoalescedLoadsTest {

  @Test
  void callersDuringALoadShareTheNextOne() {
    CoherenceDatabase database = CoherenceDatabase.get();
    CacheKey key = database.newExtension("old");
    Gate loaded = new Gate();
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance =
            new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, new ManualClock())) {
      instance.extensions().afterNextRead(loaded::pass);
      Caller first = new Caller(instance, key);
      loaded.awaitReached();
      database.commit(key, "new");
      List<Caller> later = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        later.add(new Caller(instance, key));
      }
      await()
          .until(() -> instance.figures().misses() == 51 && later.stream().allMatch(Caller::waits));
      assertThat(instance.extensions().loads()).isEqualTo(1);
      loaded.open();

      assertThat(EngineInstance.displayName(first.answer())).isEqualTo("old");
      assertThat(later)
          .allSatisfy(
              caller -> assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("new"));
      assertThat(instance.extensions().loads()).isEqualTo(2);
    }
  }
}
