package io.voicerouting.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;

/** A Redis server that connections can be opened to. */
public sealed interface RedisServer {

  /**
   * Opens a connection.
   *
   * @throws io.lettuce.core.RedisException if the server does not accept it
   */
  <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> codec);

  /** The server that a client was created for. */
  record Configured(RedisClient client) implements RedisServer {
    @Override
    public <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> codec) {
      return client.connect(codec);
    }
  }

  /** A server that was discovered. */
  record Discovered(RedisClient client, RedisURI uri) implements RedisServer {
    @Override
    public <V> StatefulRedisConnection<String, V> connect(RedisCodec<String, V> codec) {
      return client.connect(codec, uri);
    }
  }
}
