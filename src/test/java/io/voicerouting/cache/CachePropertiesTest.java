package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.config.RelayConfiguration;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Settings that only make sense together. */
@EngineTest
class CachePropertiesTest {

  @Test
  void commandTimeoutMustFitTheRedisShareOfALookup() {
    try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
      assertThat(validators.getValidator().validate(EngineInstance.AS_DEPLOYED)).isEmpty();
      assertThat(
              validators
                  .getValidator()
                  .validate(
                      EngineInstance.properties(Duration.ofMillis(150), Duration.ofMillis(300))))
          .extracting(ConstraintViolation::getMessage)
          .contains("command-timeout must be shorter than half of lookup-budget");
    }
  }

  @ParameterizedTest
  @CsvSource({"'',1", "true,1", "on,1", "false,0", "off,0", "no,0", "'false ',0"})
  void nearCacheCanBeDisabledInAnySpelling(String value, int trackers) {
    new ApplicationContextRunner()
        .withUserConfiguration(Tracker.class)
        .withPropertyValues(value.isEmpty() ? "a=b" : "routing.cache.near.enabled=" + value)
        .run(context -> assertThat(context.getBeansOfType(String.class)).hasSize(trackers));
  }

  @Configuration(proxyBeanMethods = false)
  static class Tracker {
    @Bean
    @Conditional(RelayConfiguration.NearEnabled.class)
    String tracker() {
      return "tracks";
    }
  }
}
