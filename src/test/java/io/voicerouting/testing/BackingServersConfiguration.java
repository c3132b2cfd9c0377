package io.voicerouting.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Connects an application context to the {@link BackingServers} of this JVM. */
@TestConfiguration(proxyBeanMethods = false)
public class BackingServersConfiguration {

  /** Sets the servers' addresses. */
  @Bean
  DynamicPropertyRegistrar backingServers() {
    BackingServers servers = BackingServers.shared();
    ServerProcess.outliveApplication();
    return properties -> {
      properties.add("spring.datasource.url", servers::jdbcUrl);
      properties.add("spring.datasource.username", servers::databaseUsername);
      properties.add("spring.datasource.password", servers::databasePassword);
      properties.add("spring.data.redis.host", servers::redisHost);
      properties.add("spring.data.redis.port", servers::redisPort);
      properties.add("spring.data.redis.password", () -> "");
    };
  }
}
