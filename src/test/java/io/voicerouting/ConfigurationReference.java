package io.voicerouting;

import io.voicerouting.cache.CachedResource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code docs/configuration.md} from the configuration metadata of the service's properties,
 * the defaults of its cached resources, and the variables in {@code application.yml}.
 */
final class ConfigurationReference {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final String RESOURCES = "routing.cache.resources";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Z_]+):?((?:\\$\\{[^}]*}|[^}])*)}");

  private final Collection<? extends CachedResource<?>> resources;

  ConfigurationReference(Collection<? extends CachedResource<?>> resources) {
    this.resources = resources;
  }

  String markdown() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            Every setting of the service. This page is generated from the metadata of the code by
            `ConfigurationReferenceTest`, which fails when it is out of date and then writes the new page to
            `target/configuration.md`.

            A property can be set on the command line (`--routing.cache.near.ttl=10s`) or by an environment variable: dots
            become underscores, dashes are dropped, letters become upper case (`ROUTING_CACHE_NEAR_TTL=10s`). Durations have a
            unit: `500ms`, `30s`, `15m`, `4h`. A number without a unit means seconds for the TTLs of resources, for
            `longest-ttl`, `negative-ttl` and `near.ttl`, and milliseconds elsewhere. Properties of Spring Boot can be set as well.

            ## Environment variables

            `application.yml` maps these to properties of Spring Boot and of the service.

            | variable | property | default |
            |---|---|---|
            """);
    variables().forEach((variable, row) -> text.append(row));
    text.append(
        """

        ## Properties

        | property | default | meaning |
        |---|---|---|
        """);
    rows().values().forEach(text::append);
    text.append(
        """

        Older names still work: `routing.cache.<name>.ttl` for `routing.cache.resources.<name>.ttl`. If both are set, the
        newer name counts.
        """);
    return text.toString();
  }

  private static Map<String, String> variables() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (PropertySource<?> source :
        new YamlPropertySourceLoader().load("yml", new ClassPathResource("application.yml"))) {
      for (String property : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        Matcher matcher = VARIABLE.matcher(String.valueOf(source.getProperty(property)));
        while (matcher.find()) {
          rows.put(
              matcher.group(1),
              row(code(matcher.group(1)), code(property), code(matcher.group(2))));
        }
      }
    }
    return rows;
  }

  private Map<String, String> rows() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (URL url : List.copyOf(metadata())) {
      properties(url)
          .filter(property -> property.at("/name").stringValue().startsWith("routing."))
          .forEach(property -> rows.putAll(rows(property)));
    }
    return rows;
  }

  private Map<String, String> rows(JsonNode property) {
    String name = property.at("/name").stringValue();
    String meaning = property.at("/description").asString("").replaceAll("\\{@code (.+?)}", "`$1`");
    if (name.equals(RESOURCES)) {
      Map<String, String> rows = new TreeMap<>();
      for (CachedResource<?> resource : resources) {
        String prefix = RESOURCES + "." + resource.name().replace('_', '-');
        String title = resource.definition().title().toLowerCase(Locale.ROOT);
        rows.put(
            prefix + ".ttl",
            row(
                code(prefix + ".ttl"),
                code(resource.definition().ttl().toSeconds() + "s"),
                "TTL of an entry of " + title + ". 1s to 30d."));
        rows.put(
            prefix + ".longest-ttl",
            row(
                code(prefix + ".longest-ttl"),
                "",
                "Longest TTL of an entry of "
                    + title
                    + ", for a document that has not changed for ten times as long; by default the"
                    + " `ttl`. Not shorter than that, up to 30d."));
        if (resource.storesAbsence()) {
          rows.put(
              prefix + ".negative-ttl",
              row(
                  code(prefix + ".negative-ttl"),
                  code(resource.defaultNegativeTtl().toSeconds() + "s"),
                  "TTL of a negative entry (\"no such row\") of " + title + ". 1s to 1h."));
        }
      }
      return rows;
    }
    return Map.of(
        name, row(code(name), code(property.at("/defaultValue").asString("")), sentence(meaning)));
  }

  private static String sentence(String text) {
    String start = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return start.endsWith(".") ? start : start + ".";
  }

  private static Collection<URL> metadata() throws IOException {
    return Collections.list(ConfigurationReference.class.getClassLoader().getResources(METADATA));
  }

  private static Stream<JsonNode> properties(URL url) throws IOException {
    try (InputStream json = url.openStream()) {
      return JsonMapper.shared().readTree(json).at("/properties").valueStream();
    }
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
