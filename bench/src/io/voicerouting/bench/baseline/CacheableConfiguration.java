package io.voicerouting.bench.baseline;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** {@code @Cacheable} with {@link RedisCacheManager} and JSON values of known types. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
@Profile("cacheable")
class CacheableConfiguration {

  static final String CACHE_MANAGER = "baselineCaches";

  private static final Duration TTL = Duration.ofHours(2);

  @Bean(CACHE_MANAGER)
  @Primary
  CacheManager baselineCaches(RedisConnectionFactory factory) {
    return RedisCacheManager.builder(factory)
        .withInitialCacheConfigurations(
            Map.of(
                CacheableLookups.ORGANIZATIONS, json(OrganizationView.class),
                CacheableLookups.EXTENSIONS, json(ExtensionView.class),
                CacheableLookups.SCHEDULES, json(ActiveSchedule.class)))
        .build();
  }

  @Bean
  @Primary
  Lookups cacheableLookups(@Qualifier(Lookups.DATABASE) Lookups database) {
    return new CacheableLookups(database);
  }

  private static RedisCacheConfiguration json(Class<?> type) {
    return RedisCacheConfiguration.defaultCacheConfig()
        .entryTtl(TTL)
        .serializeValuesWith(
            SerializationPair.fromSerializer(
                new JacksonJsonRedisSerializer<>(Documents.MAPPER, type)));
  }
}
