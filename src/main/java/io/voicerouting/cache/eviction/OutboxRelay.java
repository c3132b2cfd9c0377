package io.voicerouting.cache.eviction;

import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * Makes relay passes. A pass reads every open row of the outbox from the primary database without
 * locks, in one query for all Redis primaries. Each primary's {@link NodeRelay} evicts the
 * documents that are there, and waits for the replies. After a completed pass this instance trusts
 * that primary for a second. Used by one thread.
 */
public final class OutboxRelay implements Runnable {

  /**
   * A database that takes longer for the relay's query could not serve all lookups. Stale entries
   * are then preferred to loads.
   */
  private static final Duration SLOW_DATABASE = Duration.ofMillis(100);

  private final OutboxReader outbox;
  private final OutboxProbe probe;
  private final OutboxHousekeeping housekeeping;
  private final DatabaseAvailability availability;
  private final RedisNodes nodes;
  private final Evictor evictor;
  private final OrganizationEvictions organizations;
  private final RelayObserver observer;
  private final Duration maxWait;
  private final NanoClock clock;
  private final SessionStarter sessions;
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private final Map<RedisNode, NodeRelay> relays = new LinkedHashMap<>();

  /**
   * @param database its connections fail if the server is silent for too long
   * @param keepDone how long done rows are kept at least: longer than the TTL of any cache entry
   *     that this instance stores
   * @param maxWait longest wait for one primary before the next pass on the others
   */
  public OutboxRelay(
      DataSource database,
      OrganizationEvictions organizations,
      DatabaseAvailability availability,
      RedisNodes nodes,
      Evictor evictor,
      RelayObserver observer,
      Duration keepDone,
      Duration maxWait,
      NanoClock clock) {
    this.outbox = new OutboxReader(database, availability);
    this.probe = new OutboxProbe(database, availability, clock);
    this.housekeeping =
        new OutboxHousekeeping(database, organizations, availability, nodes, keepDone, clock);
    this.availability = availability;
    this.nodes = nodes;
    this.evictor = evictor;
    this.organizations = organizations;
    this.observer = observer;
    this.maxWait = maxWait;
    this.clock = clock;
    this.sessions = new SessionStarter(outbox, housekeeping, nodes, evictor);
  }

  /** Makes one pass and does the housekeeping of the outbox that follows it. */
  @Override
  public void run() {
    makePasses().forEach(this::markDone);
    try {
      housekeeping.followUp(claims());
    } catch (DataAccessException e) {
      housekeeping.recordFailure(e);
    }
  }

  private void markDone(NodeRelay relay, CompletedPass pass) {
    boolean marked = false;
    try {
      marked = housekeeping.markDone(pass);
    } catch (DataAccessException e) {
      housekeeping.recordFailure(e);
    }
    if (!marked) {
      relay
          .progress()
          .forgetLast(); // the next pass finds the rows again, also if others have marked them
    }
  }

  /**
   * Makes one pass on each primary, or a full one on a new connection where there is no session.
   *
   * @return the ordinary passes that have completed
   */
  public List<CompletedPass> pass() {
    return List.copyOf(makePasses().values());
  }

  private Map<NodeRelay, CompletedPass> makePasses() {
    Deadline end = Deadline.after(maxWait, clock);
    nodes.refresh();
    observer.followNodes();
    if (nodes.all().isEmpty()) {
      observer.recordDiscoveryFailure(nodes.discoveryFailure());
    }
    List<NodeRelay> idle = idleRelays();
    PassPlan plan = new PassPlan(nodes, idle);
    List<NodeRelay> others = idle.stream().filter(relay -> !plan.contains(relay)).toList();
    others.forEach(relay -> relay.node().trust().revoke());
    try {
      boolean answers = plan.isEmpty() ? probe() : pass(plan);
      if (answers) {
        sessions.open(others, end);
      }
    } catch (DataAccessException e) {
      recordFailure(e);
    } finally {
      firstAttempt.countDown();
    }
    SessionStarter.await(relays.values(), end);
    return takeCompletions();
  }

  /** Follows the list of primaries; returns those that are not busy with an earlier pass. */
  private List<NodeRelay> idleRelays() {
    List<RedisNode> served = nodes.all();
    relays.forEach(
        (node, relay) -> {
          if (!served.contains(node)) {
            relay.opener().dropCandidate();
          }
        });
    relays.keySet().retainAll(served);
    served.forEach(node -> relays.computeIfAbsent(node, this::relay));
    return relays.values().stream().filter(relay -> relay.node().passes().isIdle()).toList();
  }

  private NodeRelay relay(RedisNode node) {
    SessionOpener opener = new SessionOpener(node, organizations, evictor, observer, clock);
    return new NodeRelay(node, opener, evictor, observer, clock);
  }

  /** Before Redis is contacted. */
  private boolean probe() {
    probe.run().ifPresent(observer::recordBacklog);
    return housekeeping.announceRetention();
  }

  private void recordFailure(DataAccessException cause) {
    availability.recordFailure(cause);
    observer.recordDatabaseFailure(cause);
  }

  /** Begins the planned passes; returns false if the database failed. */
  private boolean pass(PassPlan plan) {
    long start = clock.getAsLong();
    OutboxReader.OpenRows open;
    try {
      for (NodeRelay relay : plan.joining()) {
        plan.join(relay, outbox.readAll().rows());
      }
      open = outbox.readOpen(plan.reigns(), plan.lastSnapshots());
    } catch (DataAccessException e) {
      plan.degrade();
      recordFailure(e);
      plan.confirmDegraded();
      return false;
    }
    boolean slow = clock.getAsLong() - start > SLOW_DATABASE.toNanos();
    observer.recordBacklog(open.backlog());
    organizations.recordPass(DatabaseSnapshot.parse(open.snapshot().text()), start);
    // For all primaries: any of them may have documents of the organizations.
    evictor.evictLocally(
        open.rows().stream()
            .map(OutboxReader.PendingRow::row)
            .filter(OutboxRow::isOrganizationWide)
            .toList());
    plan.pass(open.rows(), new PassRead(start, slow, open.snapshot(), open.registered()));
    return true;
  }

  private Map<NodeRelay, CompletedPass> takeCompletions() {
    Map<NodeRelay, CompletedPass> passes = new LinkedHashMap<>();
    List<ReignSlots> unregistered = new ArrayList<>();
    for (NodeRelay relay : relays.values()) {
      NodeRelay.Completion completion =
          relay.node().passes().isIdle() ? relay.takeCompletion() : null;
      if (completion != null) {
        passes.put(relay, completion.pass());
        unregistered.addAll(completion.unregistered());
      }
    }
    if (!unregistered.isEmpty()) {
      var unused = housekeeping.register(unregistered);
    }
    return passes;
  }

  private List<ReignSlots> claims() {
    return relays.values().stream()
        .filter(relay -> relay.node().passes().isIdle())
        .flatMap(relay -> relay.claims().stream())
        .toList();
  }

  /** Closes connections that were not used. */
  public void end() {
    relays.values().forEach(relay -> relay.opener().dropCandidate());
  }

  /** Waits until the first full pass was attempted; returns false if it was not in time. */
  public boolean awaitFirstAttempt(Duration timeout) throws InterruptedException {
    return firstAttempt.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
