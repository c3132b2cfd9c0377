package io.voicerouting.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service and the baselines that it is compared with. Each runs in a process of its own. */
enum Implementation {
  /** The service with its default settings. */
  SERVICE("service"),
  /** The service without its near cache: every lookup reads Redis. */
  SERVICE_REDIS("service, near cache off"),
  /** The service with its default settings, on a Redis Cluster of three primaries. */
  SERVICE_CLUSTER("service, three primaries"),
  /** The same without its near cache. */
  SERVICE_CLUSTER_REDIS("service, three primaries, near cache off"),
  /** The service with its default settings, which exports traces of one request in ten. */
  SERVICE_TRACED("service, traced"),
  /** An application of its own: Tomcat and a servlet that returns constant bytes. */
  PLAIN_SERVLET("bare servlet, constant"),
  /** An application of its own, without security and meters: Spring MVC, constant bytes. */
  PLAIN_CONSTANT("Spring MVC, constant"),
  /** The same with JetCache's two levels and the service's decision engine. */
  PLAIN_JETCACHE("JetCache two-level, plain application"),
  /** The same with {@code @Cacheable} over Redis. */
  PLAIN_CACHEABLE("@Cacheable + Redis, plain application"),
  /** A plain Spring MVC controller that returns constant bytes. */
  CONSTANT("constant answer"),
  /** Constant bytes from a handler that bypasses Spring MVC's method mapping, as the service. */
  CONSTANT_DIRECT("constant answer, direct route"),
  /** A plain controller that returns the value of one Redis key. */
  BARE_GET("bare Redis GET"),
  /** The same on the service's own connection, from a handler that bypasses Spring MVC. */
  BARE_GET_DIRECT("bare Redis GET, direct route"),
  /** JetCache with a local and a Redis level, which are not kept coherent. */
  JETCACHE("JetCache two-level"),
  /** Spring's {@code @Cacheable} over Redis with JSON values. */
  CACHEABLE("@Cacheable + Redis"),
  /** No cache. */
  JPA("plain JPA");

  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";
  private static final String PLAIN = "io.voicerouting.bench.baseline.";
  private static final String SERVLET = "BareServlet";
  private static final String APPLICATION = "PlainApplication";

  private final String title;

  Implementation(String title) {
    this.title = title;
  }

  /** Whether it is no service of ours, but what the service is compared with. */
  boolean isBaseline() {
    return compareTo(PLAIN_SERVLET) >= 0;
  }

  /** Whether it uses a Redis Cluster. */
  boolean isClustered() {
    return this == SERVICE_CLUSTER || this == SERVICE_CLUSTER_REDIS;
  }

  private boolean hasNearCache() {
    return this == SERVICE || this == SERVICE_CLUSTER || this == SERVICE_TRACED;
  }

  private boolean isBareGet() {
    return this == BARE_GET || this == BARE_GET_DIRECT;
  }

  /** Whether it is an application of its own, and not the service with other controllers. */
  private boolean isPlain() {
    return compareTo(PLAIN_SERVLET) >= 0 && compareTo(PLAIN_CACHEABLE) <= 0;
  }

  /** The endpoints that it implements. One {@code GET} cannot answer a decision. */
  List<Endpoint> endpoints() {
    return Arrays.stream(Endpoint.values())
        .filter(endpoint -> !isBaseline() || !endpoint.isOfService())
        .filter(endpoint -> !isPlain() || endpoint == Endpoint.DECISION)
        .filter(endpoint -> !isBareGet() || endpoint != Endpoint.DECISION)
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
    return start(backends, List.of(), null, jvmFlags);
  }

  /**
   * Starts it with servers of a Redis Cluster and a collector of traces, if it uses them.
   *
   * @param cluster {@code host:port} of each server
   * @param traces the collector's endpoint; null for none
   */
  ServiceProcess start(
      Backends backends, List<String> cluster, @Nullable String traces, String... jvmFlags) {
    List<String> command = new ArrayList<>(List.of(jvmFlags));
    if (isBaseline()) {
      command.add("-Dloader.path=" + BaselineClasspath.create());
      if (isPlain()) {
        command.add("-Dloader.main=" + PLAIN + (this == PLAIN_SERVLET ? SERVLET : APPLICATION));
      }
      command.addAll(List.of("-cp", ServiceProcess.jar().toString(), LAUNCHER));
      command.add("--baseline.answers=" + ServiceProcess.directory("answers"));
      if (isPlain()) {
        command.addAll(plainArguments(backends));
        return ServiceProcess.startJava(Options.code(this), backends, command);
      }
      command.add("--spring.profiles.active=" + Options.code(this));
    } else {
      command.addAll(List.of("-jar", ServiceProcess.jar().toString()));
    }
    if (isClustered()) {
      command.add("--REDIS_CLUSTER_NODES=" + String.join(",", cluster));
    }
    if (this == SERVICE_TRACED) {
      command.add("--management.opentelemetry.tracing.export.otlp.endpoint=" + traces);
    }
    command.add("--routing.cache.resources.extension.ttl=4h");
    command.add("--routing.cache.resources.business-hours.ttl=4h");
    command.add("--routing.cache.resources.organization.ttl=4h");
    command.add("--routing.cache.near.enabled=" + hasNearCache());
    return ServiceProcess.startJava(Options.code(this), backends, command);
  }

  /** What a team would set; the names of the service's settings mean nothing there. */
  private List<String> plainArguments(Backends backends) {
    return List.of(
        "--spring.config.name=plain", // there is no such file
        "--spring.profiles.active=plain," + Options.code(this).replace("plain-", ""),
        "--spring.threads.virtual.enabled=true",
        "--spring.jackson.property-naming-strategy=SNAKE_CASE",
        "--spring.data.redis.host=" + backends.redis().host(),
        "--spring.data.redis.port=" + backends.redis().port(),
        "--server.tomcat.max-keep-alive-requests=10000");
  }

  @Override
  public String toString() {
    return title;
  }
}
