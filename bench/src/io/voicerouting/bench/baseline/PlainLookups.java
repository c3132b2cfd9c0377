package io.voicerouting.bench.baseline;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What the lookups of {@link PlainApplication} need. */
@Configuration(proxyBeanMethods = false)
@Profile("plain")
class PlainLookups {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean(Lookups.DATABASE)
  StoredDocuments storedDocuments(LettuceConnectionFactory factory) {
    return new StoredDocuments(client(factory).connect(StringCodec.UTF8));
  }

  @Bean
  @Primary
  @Profile("jetcache")
  Lookups jetCacheLookups(LettuceConnectionFactory factory, StoredDocuments source) {
    return new JetCacheLookups(client(factory), source);
  }

  private static RedisClient client(LettuceConnectionFactory factory) {
    return (RedisClient) factory.getRequiredNativeClient();
  }

  /**
   * Stands for the database. Reads what the service has stored in Redis, so that the application
   * needs no entities. Only the first lookup of a key comes here.
   */
  record StoredDocuments(StatefulRedisConnection<String, String> connection) implements Lookups {

    @Override
    public @Nullable OrganizationView organization(long organizationId) {
      return read("routing:organization:" + organizationId, OrganizationView.class);
    }

    @Override
    public @Nullable ExtensionView extension(long organizationId, String extensionNumber) {
      return read(
          "routing:extension:" + organizationId + ":" + extensionNumber, ExtensionView.class);
    }

    @Override
    public @Nullable ActiveSchedule schedule(long organizationId) {
      return read("routing:business_hours:" + organizationId, ActiveSchedule.class);
    }

    private <V> @Nullable V read(String key, Class<V> type) {
      String json = connection.sync().get(key);
      return json == null ? null : Documents.MAPPER.readValue(json, type);
    }
  }
}
