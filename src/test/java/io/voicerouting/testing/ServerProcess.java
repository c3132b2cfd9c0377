package io.voicerouting.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/** A server that runs as a process of this machine, for as long as this JVM at most. */
public abstract class ServerProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();
  private static final int START_ATTEMPTS = 3;
  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;

  private static final AtomicBoolean APPLICATION_RUNS = new AtomicBoolean();

  static {
    ServerHome.removeLeftovers();
    Runtime.getRuntime().addShutdownHook(new Thread(ServerProcess::closeUnlessApplicationRuns));
  }

  private final ServerHome home;
  private int port;
  private volatile boolean paused;

  ServerProcess(String name) {
    home = ServerHome.create(name);
    RUNNING.add(this);
  }

  /**
   * Lets the servers run on, at this JVM's end, until application contexts have closed. Spring
   * takes this on only once an application has begun to start.
   */
  static void outliveApplication() {
    APPLICATION_RUNS.set(true);
    SpringApplication.getShutdownHandlers().add(ServerProcess::closeAll);
  }

  /** Gets ready for another attempt to start for the first time. */
  void prepare(int attempt) throws IOException {}

  /** Starts the server on {@link #port}; returns when it takes connections. */
  abstract void launch() throws IOException;

  /** The file in which the server keeps its process number, on the first line. */
  abstract Path pidFile();

  Path directory() {
    return home.directory();
  }

  /** Starts the server on a port that is free now; another process may be faster to take it. */
  void launchOnFreePort() {
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      try {
        prepare(attempt);
        launchRecorded();
        return;
      } catch (IOException refusal) {
        LOG.warn("Start {} of {} failed: {}", attempt, this, refusal.toString());
        if (attempt == START_ATTEMPTS) {
          close();
          throw new UncheckedIOException(refusal);
        }
      }
    }
  }

  /**
   * Finds a free port below those that systems give to outgoing connections, one of which could
   * take it before the server does or while it is down.
   */
  public static int freePort() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket socket = new ServerSocket(candidate)) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        LOG.debug("Port {} is taken", candidate);
      }
    }
  }

  private void launchRecorded() throws IOException {
    paused = false;
    launch();
    home.recordServer(process());
  }

  /** Host on which the server listens. */
  public String host() {
    return "localhost";
  }

  /** Port on which the server listens, the same after a restart. */
  public int port() {
    return port;
  }

  /** The server's process number, another one after a restart. */
  public long pid() {
    try {
      return Long.parseLong(Files.readAllLines(pidFile()).getFirst().strip());
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
  }

  /** Stops the server from running, without closing anything: it neither answers nor refuses. */
  public void pause() {
    paused = true;
    Processes.pause(process());
  }

  /** Lets the server run on; it still does what was sent to it meanwhile. */
  public void resume() {
    Processes.resume(process());
    paused = false;
  }

  /** Whether the process exists and is not paused. */
  public boolean isRunning() {
    return !paused
        && Files.exists(pidFile())
        && ProcessHandle.of(pid()).filter(Processes::runs).isPresent();
  }

  /** Ends the server with SIGKILL, as a crash does. Does nothing when it has ended. */
  public void kill() {
    if (Files.exists(pidFile())) {
      ProcessHandle.of(pid()).ifPresent(Processes::kill);
    }
  }

  /** Kills the server if it runs, and starts it again on the same port with what it had stored. */
  public void restart() {
    kill();
    Conditions.await("port " + port + " is free", this::portIsFree);
    try {
      launchRecorded();
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
  }

  /** The kernel closes the sockets of a killed process some time after its end. */
  private boolean portIsFree() {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public String toString() {
    return home.directory().getFileName() + " on port " + port;
  }

  /** Ends the server and removes all that it stored. */
  @Override
  public void close() {
    if (RUNNING.remove(this)) {
      kill();
      home.delete();
    }
  }

  private static void closeUnlessApplicationRuns() {
    if (!APPLICATION_RUNS.get()) {
      closeAll();
    }
  }

  private static void closeAll() {
    RUNNING.forEach(ServerProcess::close);
  }

  private ProcessHandle process() {
    return ProcessHandle.of(pid())
        .orElseThrow(() -> new IllegalStateException(this + " has ended"));
  }
}
