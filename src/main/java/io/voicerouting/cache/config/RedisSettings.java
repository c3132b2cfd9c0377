package io.voicerouting.cache.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;

/**
 * Treats blank Redis settings as missing, since environment variables may be empty, and refuses
 * settings with which the engine cannot prevent stale answers.
 */
final class RedisSettings implements BeanPostProcessor {

  private static final Set<String> PRIMARY = Set.of("master", "upstream");

  /** Part of the HTTP contract: {@code REDIS_PASSWORD=null} means that there is no password. */
  private static final String NONE = "null";

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof DataRedisProperties redis) {
      redis.setUsername(valueOf(redis.getUsername()));
      redis.setPassword(valueOf(redis.getPassword()));
      redis.getSsl().setBundle(valueOf(redis.getSsl().getBundle()));
      checkSentinel(redis);
      checkCluster(redis);
      checkTopology(redis);
    }
    return bean;
  }

  private static void checkSentinel(DataRedisProperties redis) {
    DataRedisProperties.Sentinel sentinel = redis.getSentinel();
    if (sentinel == null) {
      return;
    }
    sentinel.setUsername(valueOf(sentinel.getUsername()));
    sentinel.setPassword(valueOf(sentinel.getPassword()));
    boolean named = valueOf(sentinel.getMaster()) != null;
    boolean located = !isEmpty(sentinel.getNodes());
    if (!named && !located) {
      redis.setSentinel(null);
    } else if (!named) {
      throw invalid("sentinel.master", sentinel.getMaster(), "The name of the master is missing");
    } else if (!located) {
      throw invalid(
          "sentinel.nodes", sentinel.getNodes(), "The addresses of sentinels are missing");
    }
  }

  private static void checkCluster(DataRedisProperties redis) {
    DataRedisProperties.Cluster cluster = redis.getCluster();
    if (cluster == null) {
      return;
    }
    if (isEmpty(cluster.getNodes())) {
      redis.setCluster(null);
    } else if (redis.getSentinel() != null) {
      throw invalid(
          "cluster.nodes", cluster.getNodes(), "Use either Redis Cluster or Sentinel, not both");
    } else if (redis.getDatabase() != 0) {
      throw invalid("database", redis.getDatabase(), "Redis Cluster has database 0 only");
    }
  }

  private static void checkTopology(DataRedisProperties redis) {
    String readFrom = redis.getLettuce().getReadFrom();
    if (readFrom != null && !PRIMARY.contains(readFrom.toLowerCase(Locale.ROOT))) {
      throw invalid(
          "lettuce.read-from",
          readFrom,
          "Replicas may lag behind acknowledged changes: use master");
    }
    if (redis.getMasterreplica() != null && !isEmpty(redis.getMasterreplica().getNodes())) {
      throw invalid(
          "masterreplica.nodes",
          redis.getMasterreplica().getNodes(),
          "Replicas are never read: use one server, Sentinel or Redis Cluster");
    }
  }

  private static InvalidConfigurationPropertyValueException invalid(
      String property, @Nullable Object value, String reason) {
    return new InvalidConfigurationPropertyValueException(
        "spring.data.redis." + property, value, reason);
  }

  private static boolean isEmpty(@Nullable List<String> nodes) {
    return nodes == null || nodes.stream().allMatch(String::isBlank);
  }

  private static @Nullable String valueOf(@Nullable String setting) {
    return setting == null || setting.isBlank() || setting.equals(NONE) ? null : setting;
  }
}
