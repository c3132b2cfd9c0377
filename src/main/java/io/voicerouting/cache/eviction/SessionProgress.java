package io.voicerouting.cache.eviction;

import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.Slots;

/**
 * What the session on a primary has evicted so far: of which slots, and up to which snapshot. A
 * slot that the primary has not served before joins once a pass has evicted all kept rows of its
 * keys.
 */
final class SessionProgress {

  private final RedisNode node;
  private Slots members = Slots.NONE; // all their evictions were made by this session
  private Slots denied = Slots.NONE; // the primary reports that it does not serve them
  private PassSnapshot last = PassSnapshot.NONE; // of the session's last completed pass
  private PassSnapshot lastButOne = PassSnapshot.NONE;

  SessionProgress(RedisNode node) {
    this.node = node;
  }

  /** Begins a session that has made a full pass. */
  void begin(SessionOpener.FullPass pass) {
    members = pass.slots();
    denied = Slots.NONE;
    last = pass.snapshot();
    lastButOne = last;
  }

  /** Returns the slots of the next pass: those that this instance and the primary agree on. */
  Slots slots() {
    return node.slots().minus(denied);
  }

  /** Returns those of them whose kept rows must all be evicted. */
  Slots joiningSlots() {
    return slots().minus(members);
  }

  /** Returns the slots whose evictions the session has made. */
  Slots members() {
    return members;
  }

  /** Returns what the session's last completed pass has seen. */
  PassSnapshot last() {
    return last;
  }

  /** Makes the next pass read the rows of the last one again. */
  void forgetLast() {
    last = lastButOne;
  }

  /** Records the slots that the primary reports as its own. */
  void confirmServed(Slots served) {
    denied = node.slots().or(members).minus(served);
  }

  /**
   * Records a completed pass.
   *
   * @param slots whose rows it has evicted
   * @return those of them that the primary still serves
   */
  Slots complete(Slots slots, PassSnapshot snapshot) {
    Slots served = slots.minus(denied);
    if (!served.equals(members)) {
      node.near().clear(); // another primary may have changed, or may change, what was read here
    }
    members = served;
    lastButOne = last;
    last = snapshot;
    return served;
  }
}
