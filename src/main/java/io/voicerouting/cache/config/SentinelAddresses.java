package io.voicerouting.cache.config;

import io.lettuce.core.RedisURI;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConverters;

/** Translates Spring's settings of a Sentinel group into those of Lettuce. */
final class SentinelAddresses {

  private SentinelAddresses() {}

  /** The group's name and its Sentinels, with their credentials. */
  static RedisURI group(RedisSentinelConfiguration group, LettuceClientConfiguration client) {
    RedisURI uri = LettuceConverters.sentinelConfigurationToRedisURI(group);
    uri.setTimeout(client.getCommandTimeout());
    uri.getSentinels().forEach(sentinel -> applyClient(sentinel, client));
    return uri;
  }

  /** Settings of connections to the group's servers; host and port are those of a Sentinel. */
  static RedisURI server(RedisSentinelConfiguration group, LettuceClientConfiguration client) {
    RedisURI uri = LettuceConverters.sentinelConfigurationToRedisURI(group);
    RedisURI first = uri.getSentinels().getFirst();
    RedisURI server = RedisURI.create(first.getHost(), first.getPort());
    server.applyAuthentication(uri);
    server.setDatabase(group.getDatabase());
    client.getClientName().ifPresent(server::setClientName);
    applyClient(server, client);
    return server;
  }

  private static void applyClient(RedisURI uri, LettuceClientConfiguration client) {
    uri.setTimeout(client.getCommandTimeout());
    uri.setSsl(client.isUseSsl());
    uri.setVerifyPeer(client.getVerifyMode());
    uri.setStartTls(client.isStartTls());
  }
}
