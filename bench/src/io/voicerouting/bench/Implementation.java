package io.voicerouting.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The service and the baselines that it is compared with. Each runs in a process of its own. */
enum Implementation {
  /** The service with its default settings. */
  SERVICE("service"),
  /** The service without its near cache: every lookup reads Redis. */
  SERVICE_REDIS("service, near cache off"),
  /** A plain Spring MVC controller that returns constant bytes. */
  CONSTANT("constant answer"),
  /** Constant bytes from a handler that bypasses Spring MVC's method mapping, as the service. */
  CONSTANT_DIRECT("constant answer, direct route"),
  /** A plain controller that returns the value of one Redis key. */
  BARE_GET("bare Redis GET"),
  /** JetCache with a local and a Redis level, which are not kept coherent. */
  JETCACHE("JetCache two-level"),
  /** Spring's {@code @Cacheable} over Redis with JSON values. */
  CACHEABLE("@Cacheable + Redis"),
  /** No cache. */
  JPA("plain JPA");

  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  private final String title;

  Implementation(String title) {
    this.title = title;
  }

  private boolean isBaseline() {
    return this != SERVICE && this != SERVICE_REDIS;
  }

  /** The endpoints that it implements. One {@code GET} cannot answer a decision. */
  List<Endpoint> endpoints() {
    return Arrays.stream(Endpoint.values())
        .filter(endpoint -> !isBaseline() || !endpoint.isOfPlatform())
        .filter(endpoint -> this != BARE_GET || endpoint != Endpoint.DECISION)
        .toList();
  }

  /** The path and query of an endpoint; see {@link Endpoint#template}. */
  String template(Endpoint endpoint) {
    return isBaseline()
        ? endpoint.template().replace("/routing/", "/routing/baseline/")
        : endpoint.template();
  }

  /**
   * Starts it and waits until it is ready. Cache entries do not expire during a benchmark.
   *
   * @param jvmFlags additional flags of the JVM
   */
  ServiceProcess start(Backends backends, String... jvmFlags) {
    List<String> command = new ArrayList<>(List.of(jvmFlags));
    if (isBaseline()) {
      command.add("-Dloader.path=" + BaselineClasspath.create());
      command.addAll(List.of("-cp", ServiceProcess.jar().toString(), LAUNCHER));
      command.add("--spring.profiles.active=" + Options.code(this));
      command.add("--baseline.answers=" + ServiceProcess.directory("answers"));
    } else {
      command.addAll(List.of("-jar", ServiceProcess.jar().toString()));
    }
    command.add("--routing.cache.resources.extension.ttl=4h");
    command.add("--routing.cache.resources.business-hours.ttl=4h");
    command.add("--routing.cache.resources.organization.ttl=4h");
    command.add("--routing.cache.near.enabled=" + (this == SERVICE));
    return ServiceProcess.startJava(Options.code(this), backends, command);
  }

  @Override
  public String toString() {
    return title;
  }
}
