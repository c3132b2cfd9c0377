package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Settings from files, one for each variable, as docs/operations.md describes them. */
class SecretFilesTest {

  @TempDir private Path directory;

  @Test
  void aFileIsReadLikeAVariableOfItsName() throws IOException {
    Files.writeString(directory.resolve("DB_PASSWORD"), "of-database\n");
    Files.writeString(directory.resolve("REDIS_PASSWORD"), "of-redis");
    Files.writeString(directory.resolve("ROUTING_OPS_TOKEN"), "token-of-operations\n");

    try (ConfigurableApplicationContext context = start(directory)) {
      Environment settings = context.getEnvironment();
      assertThat(settings.getProperty("spring.datasource.password")).isEqualTo("of-database");
      assertThat(settings.getProperty("spring.flyway.password")).isEqualTo("of-database");
      assertThat(settings.getProperty("spring.data.redis.password")).isEqualTo("of-redis");
      assertThat(settings.getProperty("routing.security.ops-token"))
          .isEqualTo("token-of-operations");
    }
  }

  @Test
  void aMissingDirectoryStopsTheStart() {
    assertThatThrownBy(() -> start(directory.resolve("missing")))
        .isInstanceOf(ConfigDataResourceNotFoundException.class);
  }

  private static ConfigurableApplicationContext start(Path tree) {
    return new SpringApplicationBuilder(NoBeans.class)
        .web(WebApplicationType.NONE)
        .run("--spring.config.import=configtree:" + tree + "/");
  }

  @Configuration(proxyBeanMethods = false)
  static class NoBeans {}
}
