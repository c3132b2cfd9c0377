package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** How Redis is found. The primaries in use are in the summary of the cache. */
@Schema(description = "How Redis is found")
record RedisTopology(
    @Schema(description = "standalone, sentinel or cluster", example = "sentinel") String mode,
    @Schema(description = "Name of the Sentinel group; null without Sentinel", example = "voice")
        @Nullable String group,
    @Schema(
            description =
                "Configured addresses: the server, the Sentinels, or servers of the cluster",
            example = "[\"sentinel-1:26379\"]")
        List<String> servers) {

  /** Copies the list. */
  RedisTopology {
    servers = List.copyOf(servers);
  }

  static RedisTopology of(LettuceConnectionFactory factory) {
    RedisClusterConfiguration cluster = factory.getClusterConfiguration();
    if (cluster != null) {
      return new RedisTopology("cluster", null, addresses(cluster.getClusterNodes()));
    }
    RedisSentinelConfiguration group = factory.getSentinelConfiguration();
    return group == null
        ? new RedisTopology(
            "standalone", null, List.of(factory.getHostName() + ":" + factory.getPort()))
        : new RedisTopology(
            "sentinel", String.valueOf(group.getMaster()), addresses(group.getSentinels()));
  }

  private static List<String> addresses(Collection<RedisNode> nodes) {
    return nodes.stream().map(RedisNode::asString).sorted().toList();
  }
}
