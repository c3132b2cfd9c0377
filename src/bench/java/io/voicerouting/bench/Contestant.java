package io.voicerouting.bench;

import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who is measured: the service, and what it is compared with, each in a process of its own. */
enum Contestant {
  /** As it comes. */
  SERVICE("service", false, true),
  /** Every lookup asks Redis. */
  SERVICE_REDIS("service, near cache off", false, false),
  /** The ceiling of a plain controller. */
  CONSTANT("constant answer", true, false),
  /** The ceiling of the service's own routes. */
  CONSTANT_DIRECT("constant answer, as directly", true, false),
  /** One command, its value passed on. */
  BARE_GET("bare Redis GET", true, false) {
    @Override
    boolean answers(Endpoint endpoint) {
      return endpoint != Endpoint.DECISION; // more than one document
    }
  },
  /** Two-level, without a promise of coherence. */
  JETCACHE("JetCache two-level", true, false),
  /** The usual annotation, JSON in Redis. */
  CACHEABLE("@Cacheable + Redis", true, false),
  /** No cache. */
  JPA("plain JPA", true, false);

  /** The service as a baseline: with more jars, and their classes under a profile. */
  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  private final String title;
  private final boolean baseline;
  private final boolean nearCache;

  Contestant(String title, boolean baseline, boolean nearCache) {
    this.title = title;
    this.baseline = baseline;
    this.nearCache = nearCache;
  }

  String title() {
    return title;
  }

  /** Name in options and files. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isBaseline() {
    return baseline;
  }

  boolean answers(Endpoint endpoint) {
    return true;
  }

  List<Endpoint> endpoints() {
    return Arrays.stream(Endpoint.values()).filter(this::answers).toList();
  }

  ServiceProcess start(PostgresInstance postgres, RedisInstance redis, List<String> flags) {
    List<String> command = new ArrayList<>(flags);
    if (baseline) {
      command.add("-Dloader.path=" + BenchFiles.baselines());
      command.addAll(List.of("-cp", BenchFiles.jar().toString(), LAUNCHER));
      command.add("--spring.profiles.active=" + code());
      command.add("--baseline.answers=" + BenchFiles.TARGET.resolve("answers"));
    } else {
      command.addAll(List.of("-jar", BenchFiles.jar().toString()));
    }
    // Nothing is to expire while it is measured.
    command.add("--routing.cache.extension.ttl=4h");
    command.add("--routing.cache.business-hours.ttl=4h");
    command.add("--routing.cache.organization.ttl=4h");
    command.add("--routing.cache.near.enabled=" + nearCache);
    return ServiceProcess.start(code(), command, postgres, redis);
  }
}
