package io.voicerouting.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockPropertySource;

/** TTL settings under their names and their older names, as properties and in the environment. */
class TtlSettingsTest {

  private static final Resource EXTENSION = new Resource("extension", Duration.ofMinutes(30));
  private static final Resource HOURS = new Resource("business_hours", Duration.ofMinutes(15));

  @Test
  void defaultsAreThoseOfTheResources() {
    CacheTtls ttls = resolve(Map.of());

    assertThat(ttls.of(EXTENSION).entry()).isEqualTo(Duration.ofMinutes(30));
    assertThat(ttls.of(HOURS).entry()).isEqualTo(Duration.ofMinutes(15));
    assertThat(ttls.of(HOURS).negativeEntry()).isEqualTo(Duration.ofSeconds(60));
    assertThat(ttls.longest()).isEqualTo(Duration.ofMinutes(30));
  }

  @ParameterizedTest
  @CsvSource({
    "routing.cache.resources.business-hours.ttl, 7s",
    "routing.cache.resources.business_hours.ttl, 7",
    "routing.cache.resources.businessHours.ttl, PT7S",
    "ROUTING_CACHE_RESOURCES_BUSINESSHOURS_TTL, 7s",
    "routing.cache.business-hours.ttl, 7s",
    "routing.cache.businessHours.ttl, 7",
    "ROUTING_CACHE_BUSINESSHOURS_TTL, 7s",
    "ROUTING_CACHE_BUSINESSHOURS_TTL, 7",
  })
  void setsTheTtlOfOneResource(String name, String value) {
    CacheTtls ttls = resolve(Map.of(name, value));

    assertThat(ttls.of(HOURS).entry()).isEqualTo(Duration.ofSeconds(7));
    assertThat(ttls.of(EXTENSION).entry()).isEqualTo(EXTENSION.definition().ttl());
  }

  @ParameterizedTest
  @CsvSource({
    "routing.cache.resources.extension.negative-ttl, 60",
    "ROUTING_CACHE_RESOURCES_EXTENSION_NEGATIVETTL, 60",
    "routing.cache.negative-ttl, 7",
    "ROUTING_CACHE_NEGATIVETTL, 7",
  })
  void setsTheNegativeTtlOfOneResourceOrOfAll(String name, int ofHours) {
    CacheTtls ttls = resolve(Map.of(name, "7"));

    assertThat(ttls.of(EXTENSION).negativeEntry()).isEqualTo(Duration.ofSeconds(7));
    assertThat(ttls.of(HOURS).negativeEntry()).isEqualTo(Duration.ofSeconds(ofHours));
  }

  @Test
  void settingOfAResourceTakesPrecedence() {
    CacheTtls ttls =
        resolve(
            Map.of(
                "routing.cache.resources.extension.ttl", "5m",
                "ROUTING_CACHE_EXTENSION_TTL", "6m",
                "routing.cache.resources.extension.negative-ttl", "5s",
                "routing.cache.negative-ttl", "6s"));

    assertThat(ttls.of(EXTENSION))
        .isEqualTo(
            new CacheTtls.Ttl(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(5)));
    assertThat(ttls.of(HOURS).negativeEntry()).isEqualTo(Duration.ofSeconds(6));
  }

  @ParameterizedTest
  @CsvSource({
    "routing.cache.resources.extension.longest-ttl, 900",
    "ROUTING_CACHE_RESOURCES_EXTENSION_LONGESTTTL, 900",
    "routing.cache.longest-ttl, 14400",
    "ROUTING_CACHE_LONGESTTTL, 14400",
  })
  void setsTheLongestTtlOfOneResourceOrOfAll(String name, int ofHours) {
    CacheTtls ttls = resolve(Map.of(name, "4h"));

    assertThat(ttls.of(EXTENSION).longestEntry()).isEqualTo(Duration.ofHours(4));
    assertThat(ttls.of(EXTENSION).entry()).isEqualTo(EXTENSION.definition().ttl());
    assertThat(ttls.of(HOURS).longestEntry()).isEqualTo(Duration.ofSeconds(ofHours));
    assertThat(ttls.longest()).isEqualTo(Duration.ofHours(4));
  }

  @ParameterizedTest
  @CsvSource({"routing.cache.longest-ttl", "routing.cache.resources.extension.longest-ttl"})
  void refusesALongestTtlShorterThanTheTtl(String name) {
    assertThatThrownBy(() -> resolve(Map.of(name, "20m")))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("Expected: not shorter than the ttl of extension, 1800s");
  }

  @Test
  void negativeTtlDoesNotExceedTheTtl() {
    CacheTtls ttls = resolve(Map.of("routing.cache.resources.extension.ttl", "5s"));

    assertThat(ttls.of(EXTENSION).negativeEntry()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "routing.cache.resources.extension.ttl, 500ms, 30d",
    "routing.cache.extension.ttl, 0, 30d",
    "routing.cache.resources.business-hours.ttl, 31d, 30d",
    "routing.cache.resources.extension.negative-ttl, 2h, 1h",
    "routing.cache.negative-ttl, -1s, 1h",
    "routing.cache.longest-ttl, 31d, 30d",
    "routing.cache.resources.extension.longest-ttl, 31d, 30d",
    "routing.cache.resources.extension.longest-ttl, -1s, 30d",
  })
  void refusesATtlOutOfRange(String name, String value, String longest) {
    assertThatThrownBy(() -> resolve(Map.of(name, value)))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("Expected: a duration from 1s to " + longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routing.cache.resources.mailbox.ttl",
        "routing.cache.resources.extension.tll",
        "ROUTING_CACHE_RESOURCES_BUSINESS_HOURS_TTL"
      })
  void refusesAnUnknownResourceOrSetting(String name) {
    assertThatThrownBy(() -> resolve(Map.of(name, "7s")))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining(
            "Expected: routing.cache.resources.<name>.ttl, .longest-ttl or .negative-ttl, with one of"
                + " these names: business-hours, extension");
  }

  private static CacheTtls resolve(Map<String, String> settings) {
    Map<String, Object> variables = new HashMap<>();
    MockPropertySource properties = new MockPropertySource();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("ROUTING")) {
            variables.put(name, value);
          } else {
            properties.withProperty(name, value);
          }
        });
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    environment.getPropertySources().addLast(properties);
    TtlProperties bound =
        Binder.get(environment).bindOrCreate("routing.cache", TtlProperties.class);
    return new TtlSettings(environment, bound, List.of(EXTENSION, HOURS)).resolve();
  }

  private record Resource(ResourceDefinition<String> definition) implements CachedResource<String> {

    Resource(String name, Duration ttl) {
      this(new ResourceDefinition<>(name, name, String.class, 1, ttl));
    }

    @Override
    public @Nullable LoadedDocument<String> load(long organizationId, @Nullable String identifier) {
      return null;
    }

    @Override
    public List<CacheKey> keysToWarm(long organizationId) {
      return List.of();
    }

    @Override
    public TaggedKeys taggedKeys() {
      throw new UnsupportedOperationException();
    }
  }
}
