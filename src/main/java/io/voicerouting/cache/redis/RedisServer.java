package io.voicerouting.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.voicerouting.cache.CacheUnavailableException;

/** A Redis server that connections can be opened to. */
public sealed interface RedisServer {

  /**
   * Opens a connection.
   *
   * @throws io.lettuce.core.RedisException if the server does not accept it
   */
  <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> codec);

  /**
   * Returns another server, with the same settings.
   *
   * @param target {@code host:port}; without a host, that of this server
   */
  RedisServer at(String target);

  /** Returns {@code host:port}. */
  String address();

  /**
   * The server that a client was created for.
   *
   * @param address its {@code host:port}
   */
  record Configured(RedisClient client, String address) implements RedisServer {
    @Override
    public <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> codec) {
      return client.connect(codec);
    }

    @Override
    public RedisServer at(String target) {
      throw new CacheUnavailableException("Redis names another server, but is not a cluster here");
    }
  }

  /** A server that was discovered. */
  record Discovered(RedisClient client, RedisURI uri) implements RedisServer {
    @Override
    public String address() {
      return uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> codec) {
      return client.connect(codec, uri);
    }

    @Override
    public Discovered at(String target) {
      int colon = target.lastIndexOf(':');
      String host = target.substring(0, colon);
      RedisURI.Builder other =
          RedisURI.builder(uri).withPort(Integer.parseInt(target.substring(colon + 1)));
      return new Discovered(client, host.isEmpty() ? other.build() : other.withHost(host).build());
    }
  }
}
