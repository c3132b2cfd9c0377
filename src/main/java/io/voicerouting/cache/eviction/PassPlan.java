package io.voicerouting.cache.eviction;

import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which primary evicts which rows of a pass. */
final class PassPlan {

  private final Map<NodeRelay, Target> targets = new LinkedHashMap<>();
  private final RowSlots rowSlots;

  /** Plans a pass before the query. */
  PassPlan(RedisNodes nodes, List<NodeRelay> inSession, NanoClock clock) {
    this.rowSlots = new RowSlots(nodes);
    for (NodeRelay relay : inSession) {
      RedisConnection connection = relay.session();
      if (connection != null) {
        targets.put(relay, new Target(relay, connection, rowSlots, clock));
      }
    }
  }

  /** A primary in session: all of it is read before the query. */
  static final class Target {
    private final RedisConnection connection;
    private final String reign;
    private final Slots slots;
    private final long revocations;
    private final RowSlots rowSlots;
    private List<OutboxRow> joining = List.of();

    private Target(
        NodeRelay relay, RedisConnection connection, RowSlots rowSlots, NanoClock clock) {
      this.connection = connection;
      this.reign = connection.reign(Deadline.after(Trust.SPAN, clock)); // known since it opened
      this.slots = relay.slots();
      this.revocations = relay.node().trust().revocations();
      this.rowSlots = rowSlots;
    }

    RedisConnection connection() {
      return connection;
    }

    long revocations() {
      return revocations;
    }

    /** Returns the work, given the rows for all primaries. */
    NodeRelay.Work work(List<OutboxReader.PendingRow> pending, NodeRelay.Read read) {
      List<OutboxRow> rows = new ArrayList<>();
      for (OutboxReader.PendingRow one : pending) {
        if (!one.doneOn().contains(reign) && slots.contains(rowSlots.of(one.row()))) {
          rows.add(one.row());
        }
      }
      return new NodeRelay.Work(connection, reign, slots, rows, joining, read);
    }
  }

  /** Returns the primaries with slots that they have not served before. */
  List<NodeRelay> joining() {
    return targets.keySet().stream().filter(relay -> !relay.joiningSlots().isEmpty()).toList();
  }

  /**
   * Adds the rows of new slots.
   *
   * @param kept all kept rows
   */
  void join(NodeRelay relay, List<OutboxRow> kept) {
    Target target = targets.get(relay);
    if (target != null) {
      target.joining = rowSlots.select(kept, relay.joiningSlots());
    }
  }

  Set<String> reigns() {
    Set<String> reigns = new LinkedHashSet<>();
    targets.values().forEach(target -> reigns.add(target.reign));
    return reigns;
  }

  Set<OutboxReader.Snapshot> lastSnapshots() {
    Set<OutboxReader.Snapshot> last = new LinkedHashSet<>();
    targets.keySet().forEach(relay -> last.add(relay.last()));
    return last;
  }

  /** Has entries served degraded once trust has run out. */
  void degrade() {
    targets.forEach((relay, target) -> relay.node().trust().degrade(target.connection));
  }

  /** Begins a job on each primary. */
  void forEach(BiConsumer<NodeRelay, Target> job) {
    targets.forEach((relay, target) -> relay.node().passes().run(() -> job.accept(relay, target)));
  }
}
