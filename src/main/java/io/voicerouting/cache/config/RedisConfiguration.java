package io.voicerouting.cache.config;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisGuards;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.PeriodicTask;
import java.time.Duration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
  ConnectionHolder connectionHolder(
      LettuceConnectionFactory factory, CacheProperties properties, Trust trust) {
    return new ConnectionHolder(
        () -> (RedisClient) factory.getRequiredNativeClient(), properties.commandTimeout(), trust);
  }

  /** Replaces Boot's indicator of that name, which would open a connection each time. */
  @Bean
  HealthIndicator redisHealthIndicator(RelayObserver relay, RedisGuards guards) {
    return new RedisHealth(relay, guards);
  }

  @Bean
  RedisGuards redisGuards(ConnectionHolder connections, MeterRegistry registry, NanoClock clock) {
    return new RedisGuards(connections, registry, clock);
  }

  @Bean
  PeriodicTask guardsTask(RedisGuards guards, NanoClock clock) {
    return new PeriodicTask("routing-cache-guards", Duration.ofSeconds(1), guards, () -> {}, clock);
  }
}
