package io.voicerouting.bench;

import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.ServerProcess;
import io.voicerouting.testing.ShippedSettings;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The packaged service in a process of its own. */
public final class ServiceProcess implements AutoCloseable {

  /** The directory for all files that benchmarks write, relative to the project's directory. */
  public static final Path OUTPUT = Path.of("target", "bench");

  /** JVM flags of every measured service, except where those of the image are measured. */
  static final List<String> JVM_FLAGS =
      List.of("-Xmx1g", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");

  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final int NO_ACTUATOR = 404; // a baseline that is ready
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
  private static final long EXIT_TIMEOUT_MINUTES = 2; // the JVM may write an AOT cache
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration COLD_TIMEOUT = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();

  /** Ends the name of the collector's log, beside the log of the same service. */
  private static final String COLLECTOR_LOG = ".gc.log";

  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

  private final Process process;
  private final int port;
  private final Path log;
  private final Duration startTime;
  private @Nullable String issuedToken;

  private ServiceProcess(ProcessBuilder builder, int port, Path log) throws IOException {
    this.port = port;
    this.log = log;
    long start = System.nanoTime();
    this.process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await(log.toString())
        .atMost(START_TIMEOUT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL_INTERVAL)
        .failFast("The service ended; see " + log, () -> !process.isAlive())
        .until(this::isReady);
    this.startTime = Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Starts the packaged service and waits until it is ready.
   *
   * @param name base name of the log file
   * @param arguments Spring Boot arguments
   */
  public static ServiceProcess start(String name, Backends backends, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("-jar", jar().toString()));
    command.addAll(arguments);
    return startJava(name, backends, command);
  }

  /**
   * Starts a service and waits until it is ready.
   *
   * @param name base name of the log file
   * @param arguments arguments of {@code java} after {@link #JVM_FLAGS}
   */
  static ServiceProcess startJava(String name, Backends backends, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(jdkTool("java")));
    command.addAll(JVM_FLAGS);
    command.add("-Xlog:gc:file=" + directory("logs").resolve(name + COLLECTOR_LOG));
    command.addAll(arguments);
    return startCommand(name, backends, command, Map.of());
  }

  /**
   * Starts the packaged service with the flags of the image, and waits until it is ready.
   *
   * @param group the control group in which it runs
   */
  static ServiceProcess startShipped(String name, Backends backends, ControlGroup group) {
    List<String> command = new ArrayList<>(group.prefix());
    command.add(jdkTool("java"));
    command.add("@" + ShippedSettings.JVM_OPTIONS);
    command.addAll(List.of("-jar", jar().toString()));
    return startCommand(name, backends, command, mallocSettings());
  }

  private static Map<String, String> mallocSettings() {
    Map<String, String> environment = new HashMap<>(ShippedSettings.environment());
    environment.keySet().removeIf(name -> !name.startsWith("MALLOC_"));
    return environment;
  }

  private static ServiceProcess startCommand(
      String name, Backends backends, List<String> command, Map<String, String> environment) {
    System.err.println("Starting: " + name);
    int port = ServerProcess.freePort();
    Path log = directory("logs").resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(settings(port, backends));
    try {
      return new ServiceProcess(builder, port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(int port, Backends backends) {
    return Map.of(
        "SERVER_PORT", Integer.toString(port),
        "SPRING_DATASOURCE_URL", backends.postgres().jdbcUrl(),
        "DB_USERNAME", backends.postgres().username(),
        "DB_PASSWORD", backends.postgres().password(),
        "REDIS_HOST", backends.redis().host(),
        "REDIS_PORT", Integer.toString(backends.redis().port()),
        "ROUTING_PLATFORM_TOKEN", TestTokens.PLATFORM,
        "ROUTING_ADMIN_TOKEN", TestTokens.ADMIN,
        "ROUTING_OPS_TOKEN", TestTokens.OPS);
  }

  /** A program of the JDK that runs the benchmark, which also runs the services. */
  static String jdkTool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The jar of the packaged service. */
  static Path jar() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("voice-routing-cache-.*\\.jar"))
          .findAny()
          .orElseThrow(() -> new IllegalStateException("target holds no packaged service"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A subdirectory of {@link #OUTPUT}, created if missing. */
  public static Path directory(String name) {
    try {
      return Files.createDirectories(OUTPUT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() {
    // The HTTP client's failed attempts would take processor time from the starting service.
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      int status = get("/actuator/health/readiness", "").statusCode();
      return connection.isConnected() && (status == 200 || status == NO_ACTUATOR);
    } catch (IOException | UncheckedIOException notYet) {
      return false;
    }
  }

  /** Time from the start of the process until it was ready. */
  Duration startTime() {
    return startTime;
  }

  /** Standard output and error of the service. */
  public Path log() {
    return log;
  }

  /** The pauses of the garbage collector so far, in milliseconds. */
  List<Double> collectorPauses() {
    Path file = log.resolveSibling(log.getFileName().toString().replace(".log", COLLECTOR_LOG));
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(PAUSE::matcher)
          .filter(Matcher::find)
          .map(pause -> Double.valueOf(pause.group(1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a token for platforms that is looked up like any other document. */
  String issuedToken() {
    String issued = issuedToken;
    if (issued == null) {
      issued = issueToken();
      issuedToken = issued;
    }
    return issued;
  }

  private String issueToken() {
    HttpResponse<String> answer =
        send(
            request("/api/v1/tokens", TestTokens.ADMIN)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\": \"bench-%d\", \"role\": \"platform\"}".formatted(port))));
    return JsonMapper.shared().readTree(answer.body()).at("/token").stringValue();
  }

  String url() {
    return "http://localhost:" + port;
  }

  /**
   * A request to this service, {@code GET} unless changed.
   *
   * @param path with query
   */
  public HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .header("Authorization", "Bearer " + token)
        .timeout(REQUEST_TIMEOUT);
  }

  /**
   * Sends a request.
   *
   * @throws UncheckedIOException if there is no response before the timeout
   */
  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a {@code GET} request; see {@link #send}. */
  public HttpResponse<String> get(String path, String token) {
    return send(request(path, token));
  }

  /** The body of a successful {@code GET}, repeated while a cold service answers 503. */
  String body(String path) {
    return body(request(path, TestTokens.PLATFORM));
  }

  /** The body of the answer to a form; see {@link #body(String)}. */
  String body(String path, String form) {
    return body(
        request(path, TestTokens.PLATFORM)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private String body(HttpRequest.Builder request) {
    HttpResponse<String> response =
        await()
            .atMost(COLD_TIMEOUT)
            .until(() -> send(request), answer -> answer.statusCode() != 503);
    return requireOk(response).body();
  }

  /** Loads everything of one organization into the cache, once Redis is trusted. */
  void warm(long organizationId) {
    HttpRequest.Builder request =
        request("/actuator/routing-cache/" + organizationId, TestTokens.OPS)
            .POST(HttpRequest.BodyPublishers.noBody());
    requireOk(
        await()
            .atMost(COLD_TIMEOUT)
            .until(() -> send(request), answer -> answer.statusCode() != 503));
  }

  private static HttpResponse<String> requireOk(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response + " " + response.body() + " (expected: 200)");
    }
    return response;
  }

  /** Processor time that the process has used so far, user and system. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Resident memory in MiB. */
  public long residentMebibytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process.pid() + "", "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the service in order and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, EXIT_TIMEOUT_MINUTES, TimeUnit.MINUTES).join();
    process.destroyForcibly();
  }
}
