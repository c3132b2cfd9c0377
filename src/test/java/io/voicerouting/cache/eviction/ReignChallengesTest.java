package io.voicerouting.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.redis.Slots;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Challenges of two instances to the same reign. */
@EngineTest
class ReignChallengesTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ReignRegistry registry = new ReignRegistry(database.dataSource());
  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void removeReigns() {
    jdbc.update("delete from routing_cache_reign where reign in ('used', 'mine')");
  }

  @Test
  void answeredChallengeDoesNotDeleteAReignThatIsChallengedAgain() {
    ReignChallenges first = new ReignChallenges(registry, nanos::get);
    ReignChallenges second = new ReignChallenges(registry, nanos::get);
    registry.register(all("mine"));
    registry.register(all("used"));
    first.step(all("mine"));
    registry.register(all("used")); // answers
    second.step(all("mine"));
    nanos.addAndGet(ReignChallenges.ANSWER_TIME.toNanos());
    first.step(all("mine"));

    assertThat(reigns()).contains("used");
    second.step(all("mine"));
    assertThat(reigns()).doesNotContain("used").contains("mine");
  }

  @Test
  void challengeOfAnotherInstanceIsNotReplaced() {
    ReignChallenges first = new ReignChallenges(registry, nanos::get);
    ReignChallenges second = new ReignChallenges(registry, nanos::get);
    registry.register(all("mine"));
    registry.register(all("used"));
    first.step(all("mine"));
    nanos.addAndGet(ReignChallenges.ANSWER_TIME.toNanos() - 1);
    second.step(all("mine"));
    nanos.addAndGet(1);
    first.step(all("mine"));

    assertThat(reigns()).doesNotContain("used").contains("mine");
  }

  @Test
  void challengeOfAnInstanceThatIsGoneIsEndedByAnother() {
    ReignChallenges gone = new ReignChallenges(registry, nanos::get);
    ReignChallenges second = new ReignChallenges(registry, nanos::get);
    registry.register(all("mine"));
    registry.register(all("used"));
    gone.step(all("mine"));
    second.step(all("mine"));
    nanos.addAndGet(ReignChallenges.ANSWER_TIME.toNanos() - 1);
    second.step(all("mine"));
    assertThat(reigns()).contains("used");
    nanos.addAndGet(1);
    second.step(all("mine"));

    assertThat(reigns()).doesNotContain("used").contains("mine");
  }

  private static List<ReignSlots> all(String reign) {
    return ReignSlots.of(reign, Slots.ALL);
  }

  private List<@Nullable String> reigns() {
    return jdbc.queryForList("select reign from routing_cache_reign", String.class);
  }
}
