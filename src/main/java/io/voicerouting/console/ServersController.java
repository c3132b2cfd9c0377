package io.voicerouting.console;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs, and with which settings. */
@RestController
@RequestMapping("/api/v1/console/servers")
@Tag(name = "Console")
class ServersController {

  private static final String PREFIX = "routing.cache.";

  private final RunningInstances instances;
  private final JdbcClient jdbc;
  private final List<Servers.Setting> settings;
  private final RedisTopology redis;

  ServersController(
      RunningInstances instances,
      JdbcClient jdbc,
      CacheProperties properties,
      CacheTtls ttls,
      LettuceConnectionFactory redis) {
    this.instances = instances;
    this.jdbc = jdbc;
    this.settings = settings(properties, ttls);
    this.redis = RedisTopology.of(redis);
  }

  @GetMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List what runs",
      description =
          "Running instances, versions, how Redis is found, and the settings of the cache of the instance that answers."
              + " The state of Redis is in /actuator/health, build and certificates are in /actuator/info.")
  @ApiResponse(responseCode = "200", description = "What runs")
  Servers read() {
    List<Servers.Instance> running;
    String postgresql;
    try {
      running = instances.find();
      postgresql = jdbc.sql("show server_version").query(String.class).single();
    } catch (DataAccessException e) {
      running = List.of();
      postgresql = null;
    }
    return new Servers(running, postgresql, redis, Runtime.version().toString(), settings);
  }

  private static List<Servers.Setting> settings(CacheProperties properties, CacheTtls ttls) {
    List<Servers.Setting> settings = new ArrayList<>();
    addAll(PREFIX, properties, settings);
    new TreeMap<>(ttls.byResource())
        .forEach(
            (resource, ttl) -> {
              String name = PREFIX + "resources." + resource.replace('_', '-');
              settings.add(new Servers.Setting(name + ".ttl", text(ttl.entry())));
              settings.add(new Servers.Setting(name + ".longest-ttl", text(ttl.longestEntry())));
              settings.add(new Servers.Setting(name + ".negative-ttl", text(ttl.negativeEntry())));
            });
    return settings;
  }

  /** Adds the members of a record of properties; those of nested records have longer names. */
  private static void addAll(String prefix, Record properties, List<Servers.Setting> settings) {
    for (RecordComponent member : properties.getClass().getRecordComponents()) {
      String name = prefix + member.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      Object value = read(member, properties);
      if (value instanceof Record nested) {
        addAll(name + ".", nested, settings);
      } else {
        settings.add(new Servers.Setting(name, text(value)));
      }
    }
  }

  private static @Nullable Object read(RecordComponent member, Record properties) {
    try {
      return member.getAccessor().invoke(properties);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(member.toString(), e); // accessors are public
    }
  }

  private static String text(@Nullable Object value) {
    if (!(value instanceof Duration duration)) {
      return String.valueOf(value);
    }
    return DurationStyle.SIMPLE.print(
        duration, duration.toMillis() % 1000 == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
  }
}
