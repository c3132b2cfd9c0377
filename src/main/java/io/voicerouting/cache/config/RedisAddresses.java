package io.voicerouting.cache.config;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.util.List;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConverters;

/** Translates Spring's settings of a Redis Cluster or a Sentinel group into those of Lettuce. */
final class RedisAddresses {

  private RedisAddresses() {}

  /** The configured servers of a cluster, with the credentials and settings of all connections. */
  static List<RedisURI> seeds(
      RedisClusterConfiguration cluster, LettuceClientConfiguration client) {
    return cluster.getClusterNodes().stream().map(node -> seed(node, cluster, client)).toList();
  }

  private static RedisURI seed(
      RedisNode node, RedisClusterConfiguration cluster, LettuceClientConfiguration client) {
    RedisURI uri = RedisURI.create(node.getRequiredHost(), node.getRequiredPort());
    cluster
        .getPassword()
        .toOptional()
        .ifPresent(
            password ->
                uri.setCredentialsProvider(
                    new StaticCredentialsProvider(cluster.getUsername(), password)));
    applyClient(uri, client);
    return uri;
  }

  /**
   * Creates a client for connections to single servers: that of Spring would follow redirections
   * and open connections by itself.
   */
  static RedisClient client(LettuceClientConfiguration settings) {
    RedisClient client =
        settings.getClientResources().map(RedisClient::create).orElseGet(RedisClient::create);
    settings
        .getClientOptions()
        .ifPresent(options -> client.setOptions(ClientOptions.copyOf(options)));
    return client;
  }

  /** The name of a Sentinel group and its Sentinels, with their credentials. */
  static RedisURI group(RedisSentinelConfiguration group, LettuceClientConfiguration client) {
    RedisURI uri = LettuceConverters.sentinelConfigurationToRedisURI(group);
    uri.setTimeout(client.getCommandTimeout());
    uri.getSentinels().forEach(sentinel -> applyTransport(sentinel, client));
    return uri;
  }

  /** Settings of connections to the group's servers; host and port are those of a Sentinel. */
  static RedisURI server(RedisSentinelConfiguration group, LettuceClientConfiguration client) {
    RedisURI uri = LettuceConverters.sentinelConfigurationToRedisURI(group);
    RedisURI first = uri.getSentinels().getFirst();
    RedisURI server = RedisURI.create(first.getHost(), first.getPort());
    server.applyAuthentication(uri);
    server.setDatabase(group.getDatabase());
    applyClient(server, client);
    return server;
  }

  private static void applyClient(RedisURI uri, LettuceClientConfiguration client) {
    client.getClientName().ifPresent(uri::setClientName);
    applyTransport(uri, client);
  }

  private static void applyTransport(RedisURI uri, LettuceClientConfiguration client) {
    uri.setTimeout(client.getCommandTimeout());
    uri.setSsl(client.isUseSsl());
    uri.setVerifyPeer(client.getVerifyMode());
    uri.setStartTls(client.isStartTls());
  }
}
