package io.voicerouting.cache.config;

import static java.util.stream.Collectors.joining;

import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Resolves the TTLs of each resource: {@code routing.cache.resources.<name>.ttl}, else {@code
 * routing.cache.<name>.ttl} (its older name), else the default of the resource. For documents that
 * have not changed for long: {@code routing.cache.resources.<name>.longest-ttl}, else {@code
 * routing.cache.longest-ttl}, else the same. For negative entries: {@code
 * routing.cache.resources.<name>.negative-ttl}, else {@code routing.cache.negative-ttl}, else the
 * default.
 */
final class TtlSettings {

  private static final ConfigurationPropertyName RESOURCES =
      ConfigurationPropertyName.of("routing.cache.resources");
  private static final Set<String> MEMBERS =
      Set.of("ttl", "longestttl", "negativettl"); // in uniform form
  private static final Duration MIN = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofDays(30);
  private static final Duration MAX_NEGATIVE = Duration.ofHours(1);

  private final Environment environment;
  private final TtlProperties properties;
  private final List<? extends CachedResource<?>> resources;

  TtlSettings(
      Environment environment,
      TtlProperties properties,
      List<? extends CachedResource<?>> resources) {
    this.environment = environment;
    this.properties = properties;
    this.resources = resources;
  }

  /**
   * Returns the TTLs of all resources.
   *
   * @throws InvalidConfigurationPropertyValueException if a TTL is out of range, or a setting names
   *     an unknown resource
   */
  CacheTtls resolve() {
    requireKnownNames();
    require("routing.cache.negative-ttl", properties.negativeTtl(), MAX_NEGATIVE);
    require("routing.cache.longest-ttl", properties.longestTtl(), MAX);
    Map<String, CacheTtls.Ttl> ttls = new HashMap<>();
    resources.forEach(resource -> ttls.put(resource.name(), resolve(resource)));
    return new CacheTtls(ttls);
  }

  private CacheTtls.Ttl resolve(CachedResource<?> resource) {
    String name = propertyName(resource);
    TtlProperties.Resource current = settings(resource);
    TtlProperties.Resource old = old(name);
    validate(RESOURCES + "." + name, current);
    validate("routing.cache." + name, old);
    Duration ttl = firstOf(current.ttl(), old.ttl(), resource.definition().ttl());
    return new CacheTtls.Ttl(
        ttl,
        longest(name, current, ttl),
        firstOf(current.negativeTtl(), properties.negativeTtl(), resource.defaultNegativeTtl()));
  }

  private Duration longest(String name, TtlProperties.Resource current, Duration ttl) {
    Duration longest = firstOf(current.longestTtl(), properties.longestTtl(), ttl);
    if (longest.compareTo(ttl) < 0) {
      throw new InvalidConfigurationPropertyValueException(
          current.longestTtl() == null
              ? "routing.cache.longest-ttl"
              : RESOURCES + "." + name + ".longest-ttl",
          longest,
          "Expected: not shorter than the ttl of " + name + ", " + ttl.toSeconds() + "s");
    }
    return longest;
  }

  private TtlProperties.Resource settings(CachedResource<?> resource) {
    return properties.resources().entrySet().stream()
        .filter(entry -> uniform(entry.getKey()).equals(uniform(resource.name())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(TtlProperties.Resource.DEFAULTS);
  }

  private TtlProperties.Resource old(String name) {
    return Binder.get(environment)
        .bind("routing.cache." + name, TtlProperties.Resource.class)
        .orElse(TtlProperties.Resource.DEFAULTS);
  }

  /** Property names ignore case and dashes; names in environment variables have none. */
  private static String uniform(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  /** A misspelled name would have no effect, and nobody would notice. */
  private void requireKnownNames() {
    for (var source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream().filter(RESOURCES::isAncestorOf).forEach(this::requireKnown);
      }
    }
  }

  private void requireKnown(ConfigurationPropertyName name) {
    int depth = RESOURCES.getNumberOfElements();
    boolean known =
        name.getNumberOfElements() == depth + 2
            && MEMBERS.contains(name.getElement(depth + 1, Form.UNIFORM))
            && resources.stream()
                .map(resource -> uniform(resource.name()))
                .anyMatch(name.getElement(depth, Form.UNIFORM)::equals);
    if (!known) {
      throw new InvalidConfigurationPropertyValueException(
          name.toString(),
          environment.getProperty(name.toString()),
          "Unknown setting. Expected: "
              + RESOURCES
              + ".<name>.ttl, .longest-ttl or .negative-ttl, with one of these names: "
              + resources.stream().map(TtlSettings::propertyName).sorted().collect(joining(", ")));
    }
  }

  private static void validate(String prefix, TtlProperties.Resource settings) {
    require(prefix + ".ttl", settings.ttl(), MAX);
    require(prefix + ".longest-ttl", settings.longestTtl(), MAX);
    require(prefix + ".negative-ttl", settings.negativeTtl(), MAX_NEGATIVE);
  }

  private static void require(String property, @Nullable Duration value, Duration max) {
    if (value != null && (value.compareTo(MIN) < 0 || value.compareTo(max) > 0)) {
      throw new InvalidConfigurationPropertyValueException(
          property,
          value,
          "Expected: a duration from 1s to " + (max.equals(MAX) ? "30d" : max.toHours() + "h"));
    }
  }

  private static Duration firstOf(
      @Nullable Duration first, @Nullable Duration second, Duration last) {
    return first != null ? first : second != null ? second : last;
  }

  /** Returns the name of a resource in property names, such as {@code business-hours}. */
  static String propertyName(CachedResource<?> resource) {
    return resource.name().replace('_', '-');
  }
}
