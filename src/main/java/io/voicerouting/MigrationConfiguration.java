package io.voicerouting;

import com.zaxxer.hikari.HikariDataSource;
import io.voicerouting.cache.CacheProperties;
import java.time.Clock;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/** Checks settings and the database before the migrations change anything. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

  /**
   * Flyway connects as the pool does: the same driver properties (TLS, primary only) and the same
   * schema. Only the socket timeout is left out, since a migration may run longer.
   */
  @Bean
  FlywayConfigurationCustomizer connectAsThePoolDoes(ObjectProvider<HikariDataSource> pools) {
    return flyway -> {
      HikariDataSource pool = pools.getIfUnique();
      if (pool != null
          && flyway.getDataSource() instanceof AbstractDriverBasedDataSource migrations) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.remove("socketTimeout");
        migrations.setConnectionProperties(properties);
        migrations.setSchema(pool.getSchema());
      }
      if (pool != null && pool.getSchema() != null) {
        flyway.defaultSchema(pool.getSchema());
      }
    };
  }

  /**
   * Migrates once the tokens, the time zone rules, the pool's size and the database have been
   * checked.
   */
  @Bean
  @DependsOn({"settingsTokens", "secretCipher", "timeZoneRules"})
  FlywayMigrationStrategy checkThenMigrate(
      ObjectProvider<HikariDataSource> pools, CacheProperties cache, Clock clock) {
    return flyway -> {
      pools.ifUnique(pool -> checkPoolSize(pool, cache));
      DataSource database = flyway.getConfiguration().getDataSource();
      new DatabaseCheck(database, clock).run();
      flyway.migrate();
    };
  }

  private static void checkPoolSize(HikariDataSource pool, CacheProperties cache) {
    if (pool.getMaximumPoolSize() < cache.maxConcurrentLoads()) {
      throw new InvalidConfigurationPropertyValueException(
          "routing.cache.max-concurrent-loads",
          cache.maxConcurrentLoads(),
          "Loads need a connection each: expected at most"
              + " spring.datasource.hikari.maximum-pool-size, "
              + pool.getMaximumPoolSize());
    }
  }
}
