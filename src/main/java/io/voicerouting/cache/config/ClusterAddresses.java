package io.voicerouting.cache.config;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.List;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;

/** Translates Spring's settings of a Redis Cluster into those of Lettuce. */
final class ClusterAddresses {

  private ClusterAddresses() {}

  /** The configured servers, with the credentials and settings of all connections. */
  static List<RedisURI> seeds(
      RedisClusterConfiguration cluster, LettuceClientConfiguration client) {
    return cluster.getClusterNodes().stream().map(node -> uri(node, cluster, client)).toList();
  }

  private static RedisURI uri(
      RedisNode node, RedisClusterConfiguration cluster, LettuceClientConfiguration client) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(node.getRequiredHost())
            .withPort(node.getRequiredPort())
            .withTimeout(client.getCommandTimeout())
            .withSsl(client.isUseSsl())
            .withVerifyPeer(client.getVerifyMode())
            .withStartTls(client.isStartTls());
    client.getClientName().ifPresent(uri::withClientName);
    String username = cluster.getUsername();
    cluster
        .getPassword()
        .toOptional()
        .ifPresent(
            password -> {
              if (username == null || username.isEmpty()) {
                uri.withPassword(password);
              } else {
                uri.withAuthentication(username, password);
              }
            });
    return uri.build();
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
}
