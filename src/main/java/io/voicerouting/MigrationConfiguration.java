package io.voicerouting;

import java.util.Properties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/** Migrations are the first to connect at start, so they find out what is wrong with PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

  /** As for all other connections; a start on a standby would fail later, and not say why. */
  @Bean
  FlywayConfigurationCustomizer primaryOnly() {
    return flyway -> {
      if (flyway.getDataSource() instanceof AbstractDriverBasedDataSource source) {
        Properties properties = new Properties();
        properties.setProperty("targetServerType", "primary");
        source.setConnectionProperties(properties);
      }
    };
  }
}
