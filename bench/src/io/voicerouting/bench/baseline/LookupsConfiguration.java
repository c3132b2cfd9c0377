package io.voicerouting.bench.baseline;

import io.lettuce.core.RedisClient;
import io.voicerouting.businesshours.EntitySchedules;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.organization.OrganizationResource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The baselines that load documents. */
@Configuration(proxyBeanMethods = false)
class LookupsConfiguration {

  @Bean(Lookups.DATABASE)
  @Profile({"jpa", "cacheable", "jetcache"})
  JpaLookups jpaLookups(
      EntityManagerFactory entityManagers,
      OrganizationResource organizations,
      ExtensionResource extensions,
      EntityManager entities) {
    return new JpaLookups(entityManagers, organizations, extensions, new EntitySchedules(entities));
  }

  @Bean
  @Primary
  @Profile("jetcache")
  Lookups jetCacheLookups(LettuceConnectionFactory factory, JpaLookups database) {
    return new JetCacheLookups((RedisClient) factory.getRequiredNativeClient(), database);
  }
}
