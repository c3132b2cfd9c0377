package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The engine as the application puts it together: its client, near cache, tracker and trust. */
@IntegrationTest
class CacheWiringTest {

  private static final long NOBODY = 8_000_000_000_000L;
  private static final StoredValue ENTRY = new StoredValue(new byte[100], 60_000);
  private static final LoadResult<String> LOADED = new LoadResult<>("document", null);

  @Autowired private List<CachedResource<?>> resources;
  @Autowired private CacheProperties properties;
  @Autowired private RedisNodes nodes;

  private NearCache near;
  private ConnectionHolder link;
  private Trust trust;

  private RedisClient client;
  private StatefulRedisConnection<String, String> connection;

  @BeforeEach
  void connect() {
    RedisNode only = nodes.all().getFirst();
    near = only.near();
    link = only.connections();
    trust = only.trust();
    BackingServers servers = BackingServers.shared();
    client = RedisClient.create("redis://" + servers.redisHost() + ":" + servers.redisPort());
    connection = client.connect();
  }

  @AfterEach
  void disconnect() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void brokenConnectionIsReplacedAndNeverReconnects() {
    await().until(() -> link.connection() != null);
    RedisConnection broken = link.requireConnection();
    connection.sync().clientKill(KillArgs.Builder.typeNormal().skipme());

    await().until(() -> link.connection() != null && !broken.equals(link.connection()));
    assertThat(broken.isOpen()).isFalse();
    await().until(this::trusts);
  }

  @Test
  void keyChangedInRedisIsRemovedFromTheNearCache() {
    assertThat(properties.near().ttl()).isEqualTo(Duration.ofSeconds(30)); // none ends by itself
    assertThat(resources).hasSize(7);
    for (CachedResource<?> resource : resources) {
      CacheKey key = key(resource);
      await().until(() -> isKept(key));
      connection.sync().setex(key.redisKey(), 1, "{}");

      await().until(() -> !isNear(key));
    }
  }

  @Test
  void lossOfTrustEmptiesTheNearCache() {
    for (CachedResource<?> resource : resources) {
      CacheKey key = key(resource);
      await().until(() -> trusts() && isKept(key));
      trust.revoke();

      assertThat(isNear(key)).isFalse();
    }
    await().until(this::trusts); // for other tests
  }

  private boolean trusts() {
    return trust.state() instanceof Trust.State.Trusted;
  }

  private static CacheKey key(CachedResource<?> resource) {
    return new CacheKey(resource.name(), NOBODY, "1");
  }

  /** Puts a document; not at once when tracking has yet to begin, or trust has just been lost. */
  private boolean isKept(CacheKey key) {
    RedisConnection connection = link.connection();
    if (connection == null) {
      return false;
    }
    near.put(near.mark(key, connection), key, key.organizationId(), LOADED, ENTRY);
    return isNear(key);
  }

  private boolean isNear(CacheKey key) {
    RedisConnection connection = link.connection();
    return connection != null && near.holds(key, connection);
  }
}
