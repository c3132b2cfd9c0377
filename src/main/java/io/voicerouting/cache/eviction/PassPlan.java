package io.voicerouting.cache.eviction;

import io.voicerouting.cache.eviction.NodeRelay.Session;
import io.voicerouting.cache.node.RedisNodes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Which primary evicts which rows of a pass. */
final class PassPlan {

  private final Map<NodeRelay, Session> sessions = new LinkedHashMap<>();
  private final Map<NodeRelay, List<OutboxRow>> joining = new HashMap<>();
  private final RowSlots rowSlots;

  /** Plans a pass on the primaries that have a session. Called before the query. */
  PassPlan(RedisNodes nodes, List<NodeRelay> relays) {
    this.rowSlots = new RowSlots(nodes);
    for (NodeRelay relay : relays) {
      Session session = relay.session();
      if (session != null) {
        sessions.put(relay, session);
      }
    }
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  boolean contains(NodeRelay relay) {
    return sessions.containsKey(relay);
  }

  /** Returns the primaries with slots that they have not served before. */
  List<NodeRelay> joining() {
    return sessions.keySet().stream()
        .filter(relay -> !relay.progress().joiningSlots().isEmpty())
        .toList();
  }

  /**
   * Adds the rows of new slots.
   *
   * @param kept all kept rows
   */
  void join(NodeRelay relay, List<OutboxRow> kept) {
    joining.put(relay, rowSlots.select(kept, relay.progress().joiningSlots()));
  }

  Set<String> reigns() {
    return sessions.values().stream().map(Session::reign).collect(Collectors.toSet());
  }

  Set<PassSnapshot> lastSnapshots() {
    return sessions.keySet().stream()
        .map(relay -> relay.progress().last())
        .collect(Collectors.toSet());
  }

  /** Makes lookups answer with degraded entries once trust has run out. */
  void degrade() {
    sessions.forEach((relay, session) -> relay.node().trust().degrade(session.connection()));
  }

  /** Confirms each primary while its entries are served degraded. */
  void confirmDegraded() {
    forEach((relay, session) -> relay.confirmDegraded(session.connection()));
  }

  /**
   * Begins the pass on each primary.
   *
   * @param pending the rows for all primaries
   */
  void pass(List<OutboxReader.PendingRow> pending, PassRead read) {
    forEach(
        (relay, session) ->
            relay.pass(
                session, rows(session, pending), joining.getOrDefault(relay, List.of()), read));
  }

  private List<OutboxRow> rows(Session session, List<OutboxReader.PendingRow> pending) {
    return pending.stream()
        .filter(one -> !one.doneOn().contains(session.reign()))
        .map(OutboxReader.PendingRow::row)
        .filter(row -> session.slots().contains(rowSlots.of(row)))
        .toList();
  }

  private void forEach(BiConsumer<NodeRelay, Session> job) {
    sessions.forEach(
        (relay, session) -> relay.node().passes().run(() -> job.accept(relay, session)));
  }
}
