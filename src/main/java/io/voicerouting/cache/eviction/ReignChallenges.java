package io.voicerouting.cache.eviction;

import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Removes reigns that no instance uses any more, so that writers do not wait for them. A reign that
 * is in use loses its challenge with the next pass of an instance that uses it. A challenge of
 * another instance is not replaced: if instances replaced each other's challenges, none would ever
 * end. This instance ends it, too, because the other one may be gone. Used by one thread.
 */
final class ReignChallenges {

  /** Longer than {@link io.voicerouting.cache.redis.Trust#SPAN}: trust never outlives its entry. */
  static final Duration ANSWER_TIME = Duration.ofMillis(1500);

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ReignRegistry registry;
  private final NanoClock clock;
  private Deadline next;
  private @Nullable Challenge pending; // null: none

  private record Challenge(List<UUID> tokens, Deadline answerDue) {}

  ReignChallenges(ReignRegistry registry, NanoClock clock) {
    this.registry = registry;
    this.clock = clock;
    this.next = Deadline.after(Duration.ZERO, clock);
  }

  /** Makes the next challenge due at once: a new reign has probably replaced another. */
  void scheduleNow() {
    next = Deadline.after(Duration.ZERO, clock);
  }

  /** Returns whether {@link #step} has anything to do. */
  boolean isDue() {
    Challenge challenge = pending;
    return challenge == null ? next.passed() : challenge.answerDue().passed();
  }

  /**
   * Ends a challenge whose time is over, or challenges all other entries for the same slots.
   *
   * @param mine what this instance uses
   */
  void step(Collection<ReignSlots> mine) {
    Challenge challenge = pending;
    if (challenge != null) {
      if (challenge.answerDue().passed()) {
        registry.deleteUnanswered(challenge.tokens());
        pending = null;
      }
    } else if (next.passed()) {
      next = Deadline.after(INTERVAL, clock);
      List<UUID> tokens = registry.challengeOthers(mine, UUID.randomUUID());
      if (!tokens.isEmpty()) {
        pending = new Challenge(tokens, Deadline.after(ANSWER_TIME, clock));
      }
    }
  }
}
