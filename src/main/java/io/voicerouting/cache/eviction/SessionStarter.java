package io.voicerouting.cache.eviction;

import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.support.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Opens sessions on primaries that have none. Each step of a primary is a job of its {@link
 * SessionOpener}; one that takes long goes on while the others are served. Used by one thread.
 */
final class SessionStarter {

  private final OutboxReader outbox;
  private final OutboxHousekeeping housekeeping;
  private final RowSlots rowSlots;
  private final Evictor evictor;

  SessionStarter(
      OutboxReader outbox, OutboxHousekeeping housekeeping, RedisNodes nodes, Evictor evictor) {
    this.outbox = outbox;
    this.housekeeping = housekeeping;
    this.rowSlots = new RowSlots(nodes);
    this.evictor = evictor;
  }

  /** Goes on with the primaries that have no session, as far as that is possible in time. */
  void open(List<NodeRelay> relays, Deadline end) {
    for (NodeRelay relay : relays) {
      SessionOpener opener = relay.opener();
      if (opener.completed() == null) {
        relay.node().passes().run(opener::connect);
      }
    }
    await(relays, end);
    for (NodeRelay relay : relays) {
      if (relay.node().passes().isIdle()) {
        beginFullPass(relay.node(), relay.opener());
      }
    }
    await(relays, end);
    relays.stream().filter(relay -> relay.node().passes().isIdle()).forEach(this::begin);
  }

  private void beginFullPass(RedisNode node, SessionOpener opener) {
    String reign = opener.reign();
    if (reign == null || opener.completed() != null) {
      return;
    }
    Slots slots = node.slots();
    // In a cluster a slot may have left and come back: what was done before that does not count.
    OutboxReader.AllRows all = node.isClustered() ? outbox.readAll() : outbox.readAll(reign);
    evictor.evictLocally(all.wide());
    SessionOpener.FullPass pass =
        new SessionOpener.FullPass(rowSlots.select(all.rows(), slots), slots, all.snapshot());
    node.passes().run(() -> opener.evict(pass));
  }

  private void begin(NodeRelay relay) {
    SessionOpener opener = relay.opener();
    SessionOpener.FullPass pass = opener.completed();
    String reign = opener.reign();
    if (pass != null
        && reign != null
        && housekeeping.register(ReignSlots.of(reign, pass.slots()))) {
      relay.begin(pass);
    }
  }

  /** Waits for the jobs of primaries; those that are not done in time continue. */
  static void await(Collection<NodeRelay> relays, Deadline end) {
    for (NodeRelay relay : relays) {
      var unused = relay.node().passes().await(Duration.ofNanos(end.remainingNanos()));
    }
  }
}
