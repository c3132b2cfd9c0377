package io.voicerouting.bench;

import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process, ready for requests. */
final class ServiceProcess implements AutoCloseable {

  static final String PLATFORM_TOKEN = "bench-platform-token";
  static final String ADMIN_TOKEN = "bench-admin-token";
  static final String OPS_TOKEN = "bench-ops-token";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
  private static final Duration EXIT_TIMEOUT = Duration.ofMinutes(2); // may write an AOT cache
  private static final int COLD_RETRIES = 30;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Unit of processor times in {@code /proc}, the same on every Linux there is. */
  private static final Duration TICK = Duration.ofMillis(10);

  private final Process process;
  private final int port;
  private final Duration startTime;

  private ServiceProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    long start = System.nanoTime();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitReadiness(log);
    this.startTime = Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Starts a service and returns when it is ready.
   *
   * @param name of its log, which is left in {@link BenchFiles#LOGS}
   * @param command arguments of {@code java}
   */
  static ServiceProcess start(
      String name, List<String> command, PostgresInstance postgres, RedisInstance redis) {
    int port = freePort();
    Path log = BenchFiles.log(name);
    ProcessBuilder builder = new ProcessBuilder(BenchFiles.java());
    builder.command().addAll(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SERVER_PORT", Integer.toString(port),
                "SPRING_DATASOURCE_URL", postgres.jdbcUrl(),
                "DB_USERNAME", postgres.username(),
                "DB_PASSWORD", postgres.password(),
                "REDIS_HOST", redis.host(),
                "REDIS_PORT", Integer.toString(redis.port()),
                "ROUTING_PLATFORM_TOKEN", PLATFORM_TOKEN,
                "ROUTING_ADMIN_TOKEN", ADMIN_TOKEN,
                "ROUTING_OPS_TOKEN", OPS_TOKEN));
    try {
      return new ServiceProcess(builder.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReadiness(Path log) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    // A client's request takes processor time that the start needs, so none is sent to a closed
    // port.
    while (!isListening() || !isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("The service did not start; see " + log);
      }
      sleep(POLL_INTERVAL);
    }
  }

  private boolean isListening() {
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean isReady() {
    try {
      return get("/actuator/health/readiness", "").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Time from the start of the process until it was ready. */
  Duration startTime() {
    return startTime;
  }

  String url() {
    return "http://localhost:" + port;
  }

  /** What a {@code GET} answers. */
  Answer get(String path, String token) {
    return send(HttpRequest.newBuilder(URI.create(url() + path)), token);
  }

  /** What a {@code GET} of a platform answers; a service that is cold yet may be asked again. */
  String await(String path) {
    Answer answer = get(path, PLATFORM_TOKEN);
    for (int retry = 0; answer.statusCode() == 503 && retry < COLD_RETRIES; retry++) {
      sleep(Duration.ofSeconds(1));
      answer = get(path, PLATFORM_TOKEN);
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer + " (expected: 200)");
    }
    return answer.body();
  }

  /** What a {@code POST} without a body answers. */
  Answer post(String path, String token) {
    HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
    return send(HttpRequest.newBuilder(URI.create(url() + path)).POST(nothing), token);
  }

  private static Answer send(HttpRequest.Builder request, String token) {
    try {
      var response =
          CLIENT.send(
              request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** An answer over HTTP. */
  record Answer(int statusCode, String body) {}

  /** Processor time that the process has used, in user and in system mode. */
  Duration processorTime() {
    String stat = read("stat");
    // Fields 14 and 15; the second is the command in parentheses, which may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return TICK.multipliedBy(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
  }

  /** Resident memory in MiB. */
  long residentMebibytes() {
    return read("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the service to end, and returns when it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(EXIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static IllegalStateException interrupted(InterruptedException interruption) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(interruption);
  }
}
