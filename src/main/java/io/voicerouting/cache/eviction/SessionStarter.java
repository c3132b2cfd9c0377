package io.voicerouting.cache.eviction;

import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens sessions on primaries that have none. Each step of a primary is a job of its {@link
 * SessionOpener}; one that takes long goes on while the others are served. Used by one thread.
 */
final class SessionStarter {

  private final OutboxReader outbox;
  private final OutboxHousekeeping housekeeping;
  private final RowSlots rowSlots;
  private final OrganizationEvictions organizations;
  private final Evictor evictor;
  private final RelayObserver observer;
  private final NanoClock clock;
  private final Map<RedisNode, SessionOpener> openers = new HashMap<>();

  SessionStarter(
      OutboxReader outbox,
      OutboxHousekeeping housekeeping,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      Evictor evictor,
      RelayObserver observer,
      NanoClock clock) {
    this.outbox = outbox;
    this.housekeeping = housekeeping;
    this.rowSlots = new RowSlots(nodes);
    this.organizations = organizations;
    this.evictor = evictor;
    this.observer = observer;
    this.clock = clock;
  }

  /** Goes on with the primaries that have no session, as far as that is possible in time. */
  void open(List<NodeRelay> relays, Deadline end) {
    for (NodeRelay relay : relays) {
      SessionOpener opener = opener(relay.node());
      if (opener.completed() == null) {
        relay.node().passes().run(opener::connect);
      }
    }
    await(relays, end);
    for (NodeRelay relay : relays) {
      if (relay.node().passes().isIdle()) {
        beginFullPass(relay.node());
      }
    }
    await(relays, end);
    relays.stream().filter(relay -> relay.node().passes().isIdle()).forEach(this::begin);
  }

  private void beginFullPass(RedisNode node) {
    SessionOpener opener = opener(node);
    String reign = opener.reign();
    if (reign == null || opener.completed() != null) {
      return;
    }
    Slots slots = node.slots();
    // In a cluster a slot may have left and come back: what was done before that does not count.
    OutboxReader.AllRows all = node.isClustered() ? outbox.readAll() : outbox.readAll(reign);
    evictor.evictLocally(all.rows().stream().filter(OutboxRow::isOrganizationWide).toList());
    SessionOpener.FullPass pass =
        new SessionOpener.FullPass(rowSlots.select(all.rows(), slots), slots, all.snapshot());
    node.passes().run(() -> opener.evict(pass));
  }

  private void begin(NodeRelay relay) {
    SessionOpener opener = opener(relay.node());
    SessionOpener.FullPass pass = opener.completed();
    String reign = opener.reign();
    if (pass != null
        && reign != null
        && housekeeping.register(ReignSlots.of(reign, pass.slots()))) {
      relay.begin(pass);
      opener.adopt();
    }
  }

  private SessionOpener opener(RedisNode node) {
    return openers.computeIfAbsent(
        node, same -> new SessionOpener(node, organizations, evictor, observer, clock));
  }

  /** Waits for the jobs of primaries; those that are not done in time go on. */
  static void await(Collection<NodeRelay> relays, Deadline end) {
    for (NodeRelay relay : relays) {
      var unused = relay.node().passes().await(Duration.ofNanos(end.remainingNanos()));
    }
  }

  /** Forgets primaries that are no longer in use. */
  void retain(Collection<RedisNode> served) {
    openers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !served.contains(entry.getKey());
              if (gone) {
                entry.getValue().dropCandidate();
              }
              return gone;
            });
  }

  /** Closes the connections that were not put into use. */
  void end() {
    openers.values().forEach(SessionOpener::dropCandidate);
  }
}
