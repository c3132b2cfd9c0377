package io.voicerouting.cache.warm;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of warming.
 *
 * @param enabled whether the most requested keys are recorded, and warmed at start and after losses
 * @param organizations whose keys are warmed; by default those that were asked for within a day.
 *     Documents that belong to no single organization are always among them.
 * @param keys how many keys of one organization are kept: the most requested ones. 1 to 10000.
 */
@Validated
@ConfigurationProperties("routing.cache.warm")
public record WarmProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<@Positive Long> organizations,
    @DefaultValue("500") @Min(1) @Max(10_000) int keys) {

  public WarmProperties {
    organizations = List.copyOf(organizations);
  }
}
