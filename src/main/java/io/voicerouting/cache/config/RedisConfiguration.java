package io.voicerouting.cache.config;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.node.ClusterNodes;
import io.voicerouting.cache.node.OneNode;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.ClusterTopology;
import io.voicerouting.cache.redis.PrimaryLocator;
import io.voicerouting.cache.redis.PrimaryWatch;
import io.voicerouting.cache.redis.RedisGuards;
import io.voicerouting.cache.redis.RedisServer;
import io.voicerouting.cache.redis.Sentinels;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.PeriodicTask;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The connection to Redis, its health and its recommended settings. */
@Configuration(proxyBeanMethods = false)
public class RedisConfiguration {

  private static final int QUEUED_COMMANDS = 50_000;

  @Bean
  static RedisSettings redisSettings() {
    return new RedisSettings();
  }

  /**
   * Broken connections are not reused: a connection that reconnects would skip the full pass, and
   * one that sends commands again would store what an eviction has already removed.
   */
  @Bean
  public LettuceClientOptionsBuilderCustomizer noReconnect() {
    return options ->
        options
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUED_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP3)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .timeoutOptions(TimeoutOptions.create()); // the engine has its own timeouts
  }

  @Bean
  LettuceClientOptionsBuilderCustomizer redisSslBundle(
      DataRedisProperties redis, ObjectProvider<SslBundles> bundles) {
    String name = redis.getSsl().getBundle();
    return name == null || !redis.getSsl().isEnabled()
        ? options -> {}
        : new RedisSslBundle(name, bundles.getObject());
  }

  @Bean
  RedisEventLoops redisEventLoops() {
    return new RedisEventLoops();
  }

  @Bean
  PrimaryLocator primaryLocator(LettuceConnectionFactory factory) {
    if (factory.getClusterConfiguration() != null) {
      return last -> List.of(); // each primary of a cluster has its own
    }
    Supplier<RedisClient> client = () -> (RedisClient) factory.getRequiredNativeClient();
    RedisSentinelConfiguration group = factory.getSentinelConfiguration();
    return group == null
        ? last ->
            List.of(
                new RedisServer.Configured(
                    client.get(), factory.getHostName() + ":" + factory.getPort()))
        : new Sentinels(
            client,
            RedisAddresses.group(group, factory.getClientConfiguration()),
            RedisAddresses.server(group, factory.getClientConfiguration()));
  }

  @Bean
  RedisNodes redisNodes(
      LettuceConnectionFactory factory,
      PrimaryLocator locator,
      CacheProperties properties,
      MeterRegistry registry,
      NanoClock clock) {
    RedisClusterConfiguration cluster = factory.getClusterConfiguration();
    RedisNodes nodes =
        cluster == null
            ? OneNode.of(locator, properties, clock)
            : clusterNodes(cluster, factory.getClientConfiguration(), properties, registry, clock);
    if (properties.near().enabled()) {
      NearMeters.register(registry, nodes);
    }
    return nodes;
  }

  private static RedisNodes clusterNodes(
      RedisClusterConfiguration cluster,
      LettuceClientConfiguration client,
      CacheProperties properties,
      MeterRegistry registry,
      NanoClock clock) {
    ClusterTopology topology =
        new ClusterTopology(
            RedisAddresses.client(client), RedisAddresses.seeds(cluster, client), registry, clock);
    return new ClusterNodes(topology, properties, clock);
  }

  /** Replaces Boot's indicator of that name, which would open a connection each time. */
  @Bean
  HealthIndicator redisHealthIndicator(
      RelayObserver relay, RedisGuards guards, CacheMeters meters, RedisNodes nodes) {
    return new RedisHealth(relay, guards, meters.refusals(), nodes);
  }

  @Bean
  RedisGuards redisGuards(
      RedisNodes nodes, PrimaryLocator locator, MeterRegistry registry, NanoClock clock) {
    return new RedisGuards(
        () ->
            nodes.all().stream()
                .collect(
                    Collectors.toMap(
                        node -> node.isClustered() ? node.name() : "", RedisNode::connections)),
        locator,
        registry,
        clock);
  }

  @Bean
  PeriodicTask redisWatchTask(
      RedisNodes nodes, PrimaryLocator locator, RedisGuards guards, NanoClock clock) {
    Duration interval = PrimaryWatch.INTERVAL;
    Runnable watch = () -> {};
    Runnable atEnd = () -> {};
    if (nodes instanceof ClusterNodes cluster) {
      interval = ClusterTopology.INTERVAL;
      watch = cluster.topology();
    } else if (locator instanceof Sentinels sentinels) {
      RedisNode node = nodes.all().getFirst();
      PrimaryWatch primary = new PrimaryWatch(node.connections(), sentinels, node.trust(), clock);
      watch = primary;
      atEnd = primary::end;
    }
    return new PeriodicTask(
        "routing-cache-redis-watch", interval, inOrder(watch, guards), atEnd, clock);
  }

  private static Runnable inOrder(Runnable first, Runnable second) {
    return () -> {
      first.run();
      second.run();
    };
  }
}
