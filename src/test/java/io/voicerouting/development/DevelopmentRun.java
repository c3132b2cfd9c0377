package io.voicerouting.development;

import io.voicerouting.testing.BackingServers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Fills the database with demo data and logs how to use it. */
@TestConfiguration(proxyBeanMethods = false)
public class DevelopmentRun {

  private static final Logger LOG = LoggerFactory.getLogger(DevelopmentRun.class);

  /** Runs when the service takes requests. */
  @Bean
  @Order(1)
  ApplicationRunner demoData(DataSource dataSource) {
    return arguments -> new DemoData(dataSource).insertUnlessPresent();
  }

  /** Runs when the data is there. */
  @Bean
  @Order(2)
  ApplicationRunner introduction(Environment environment) {
    BackingServers servers = BackingServers.shared();
    return arguments -> {
      LOG.info(
          "Development run: http://localhost:{}, demo organizations 1, 2 and 3",
          environment.getProperty("local.server.port"));
      LOG.info(
          "PostgreSQL: {} (username {}, password {})",
          servers.jdbcUrl(),
          servers.databaseUsername(),
          servers.databasePassword());
      LOG.info("Redis: redis-cli -h {} -p {}", servers.redisHost(), servers.redisPort());
      LOG.warn(
          "Public development tokens are in use: {}, {}, {}",
          environment.getProperty("routing.security.platform-token"),
          environment.getProperty("routing.security.admin-token"),
          environment.getProperty("routing.security.ops-token"));
    };
  }

  /**
   * A Maven that is killed cannot stop what it started, which would keep the port from the next.
   */
  public static void endWithMaven() {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    boolean maven =
        parent
            .flatMap(process -> process.info().commandLine())
            .filter(command -> command.contains("plexus-classworlds"))
            .isPresent();
    if (maven) {
      CompletableFuture<?> unused = parent.get().onExit().thenRun(() -> System.exit(0));
    }
  }
}
