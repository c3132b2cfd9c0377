package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings that only make sense together. */
class CachePropertiesTest {

  @Test
  void aCommandThatTimesOutMustStillBeWithinRedisShareOfALookup() {
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
}
