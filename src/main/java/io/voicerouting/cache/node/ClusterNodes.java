package io.voicerouting.cache.node;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.ClusterTopology;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.PrimaryLocator;
import io.voicerouting.cache.redis.Redirection;
import io.voicerouting.cache.redis.RedisServer;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The primaries of a Redis Cluster, as its topology finds them. */
public final class ClusterNodes implements RedisNodes {

  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");

  private final ClusterTopology topology;
  private final CacheProperties properties;
  private final NanoClock clock;
  private final RedisNode unmapped;
  private final Map<ClusterTopology.Primary, RedisNode> nodes = new LinkedHashMap<>();
  private Map<ClusterTopology.Primary, Slots> applied = Map.of();
  private volatile View view;

  /** The nodes at some time. */
  private record View(List<RedisNode> all, List<RedisNode> bySlot) {}

  public ClusterNodes(ClusterTopology topology, CacheProperties properties, NanoClock clock) {
    this.topology = topology;
    this.properties = properties;
    this.clock = clock;
    this.unmapped = new RedisNode(connections(List.of(), trust(near())), trust(near()), near());
    this.view = view();
  }

  /** Returns what finds the primaries. */
  public ClusterTopology topology() {
    return topology;
  }

  @Override
  public int slotOf(String redisKey) {
    return Slots.slotOf(redisKey);
  }

  @Override
  public RedisNode at(int slot) {
    return view.bySlot().get(slot);
  }

  @Override
  public List<RedisNode> all() {
    return view.all();
  }

  @Override
  public @Nullable Throwable discoveryFailure() {
    return topology.failure();
  }

  /** Follows the topology: new primaries get a node, nodes without slots are closed. */
  @Override
  public synchronized void refresh() {
    if (topology.primaries().isEmpty()) {
      topology.query(); // the first time, and until a server answers
    }
    Map<ClusterTopology.Primary, Slots> found = topology.primaries();
    if (found.equals(applied)) {
      return;
    }
    boolean others = !found.keySet().equals(applied.keySet());
    applied = found;
    List<RedisNode> gone = new ArrayList<>();
    nodes
        .entrySet()
        .removeIf(node -> !found.containsKey(node.getKey()) && gone.add(node.getValue()));
    found.forEach(
        (primary, slots) ->
            nodes.computeIfAbsent(primary, same -> node(primary, slots)).serve(slots));
    nodes.values().forEach(node -> node.near().limit(nearBytes() / nodes.size()));
    view = view();
    gone.forEach(RedisNode::close);
    if (others) {
      LOG.info(
          "Voice routing cache: Redis Cluster has {} primaries: {}",
          nodes.size(),
          nodes.values().stream().map(RedisNode::toString).collect(Collectors.joining(", ")));
    }
  }

  private View view() {
    RedisNode[] bySlot = new RedisNode[Slots.ALL.count()];
    Arrays.fill(bySlot, unmapped);
    for (RedisNode node : nodes.values()) {
      for (Slots.Range range : node.slots().ranges()) {
        Arrays.fill(bySlot, range.first(), range.last() + 1, node);
      }
    }
    return new View(List.copyOf(nodes.values()), List.of(bySlot));
  }

  private RedisNode node(ClusterTopology.Primary primary, Slots slots) {
    NearCache near = near();
    Trust trust = trust(near);
    return new RedisNode(
        primary.address(),
        slots,
        connections(List.of(primary.server()), trust),
        trust,
        near,
        clock);
  }

  private NearCache near() {
    return new NearCache(clock, properties.near().ttl(), nearBytes());
  }

  /** Limit of all near caches together. */
  private long nearBytes() {
    return properties.near().maxSize().toBytes();
  }

  private Trust trust(NearCache near) {
    return new Trust(clock, near::clear);
  }

  private ConnectionHolder connections(List<RedisServer> servers, Trust trust) {
    PrimaryLocator locator =
        new PrimaryLocator() {
          @Override
          public List<RedisServer> candidates(@Nullable RedisServer last) {
            return servers;
          }

          @Override
          public void reportChange() {
            topology.reportChange();
          }

          @Override
          public void recordRedirection(Redirection.Kind kind) {
            topology.recordRedirection(kind);
          }
        };
    return new ConnectionHolder(locator, properties.commandTimeout(), trust, clock);
  }

  @Override
  public synchronized void close() {
    nodes.values().forEach(RedisNode::close);
    nodes.clear();
    topology.close();
  }
}
