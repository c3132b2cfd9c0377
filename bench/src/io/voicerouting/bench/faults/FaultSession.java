package io.voicerouting.bench.faults;

import io.voicerouting.bench.Options;
import io.voicerouting.bench.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Two instances of the service under load, with writers and probes, for one route. */
final class FaultSession implements AutoCloseable {

  private static final Duration RECOVERY = Duration.ofSeconds(6);
  private static final Duration WRITE_PAUSE = Duration.ofMillis(50);
  private static final Duration PROBE_PAUSE = Duration.ofMillis(250);

  private final FaultServers servers;
  private final Fault.Route route;
  private final Duration interval;
  private final ServiceProcess first;
  private final ServiceProcess second;
  private final ConstantRateLoad load;
  private final PropagationProbe propagation;
  private final ApiWriter apiWriter;
  private final SqlWriter sqlWriter;
  private final ReadinessProbe readiness;
  private final List<RepeatedLogLines> logs;
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4);
  private final List<Future<?>> periodic = new ArrayList<>();

  /**
   * Starts the instances.
   *
   * @param interval between two lookups
   */
  FaultSession(
      FaultServers servers,
      Fault.Route route,
      List<VersionedDocument> documents,
      RequestMix mix,
      Duration interval) {
    this.servers = servers;
    this.route = route;
    this.interval = interval;
    String name = "faults-" + Options.code(route) + "-";
    List<String> arguments = servers.arguments(route);
    first = ServiceProcess.start(name + 1, servers.backends(), arguments);
    second = ServiceProcess.start(name + 2, servers.backends(), arguments);
    List<ServiceProcess> instances = List.of(first, second);
    load = new ConstantRateLoad(instances, mix, interval);
    propagation = new PropagationProbe(second);
    apiWriter = new ApiWriter(documents, first, propagation);
    sqlWriter = new SqlWriter(documents, servers.postgres());
    readiness = new ReadinessProbe(instances);
    logs = instances.stream().map(ServiceProcess::log).map(RepeatedLogLines::new).toList();
  }

  /**
   * Starts load, writers and probes. Redis is paused for the last part of the warm-up, because
   * otherwise the first fault would also measure the compilation of the code that bypasses Redis.
   */
  void start(Duration warmup) throws InterruptedException {
    load.warmUp();
    load.start();
    periodic.add(
        scheduler.scheduleAtFixedRate(load::sendNext, 0, interval.toNanos(), TimeUnit.NANOSECONDS));
    repeat(apiWriter::writeNext, WRITE_PAUSE);
    repeat(sqlWriter::writeNext, WRITE_PAUSE);
    repeat(readiness::probeAll, PROBE_PAUSE);
    Thread.sleep(warmup);
    servers.pauseRedis(route);
    Thread.sleep(warmup.dividedBy(3));
    servers.resumeRedis(route);
    Thread.sleep(RECOVERY);
  }

  private void repeat(Runnable task, Duration pause) {
    periodic.add(
        scheduler.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Causes a fault, ends it, and measures until some seconds after its end. */
  FaultResult measure(Fault fault) throws InterruptedException, IOException {
    if (fault == Fault.REDIS_FAILED_OVER) {
      servers.addReplica();
    }
    servers.settle(route);
    load.warmUp();
    System.err.println("Fault: " + fault);
    load.drain();
    apiWriter.drain();
    propagation.drain();
    readiness.drain();
    logs.forEach(RepeatedLogLines::next);

    fault.begin(servers);
    long promotion = System.nanoTime();
    Thread.sleep(fault.duration());
    fault.end(servers);
    long end = fault.isFailover() ? promotion : System.nanoTime();
    Thread.sleep(RECOVERY);
    long last = System.nanoTime();
    load.awaitAnswers(last);
    checkPeriodicTasks();

    List<LookupResult> lookups =
        load.drain().stream().filter(lookup -> lookup.dueNanos() - last < 0).toList();
    writeCsv(fault, lookups, end);
    RepeatedLogLines.Repeated repeated =
        logs.stream()
            .map(RepeatedLogLines::next)
            .max(Comparator.comparingInt(RepeatedLogLines.Repeated::times))
            .orElseThrow();
    if (repeated.times() > 1) {
      System.err.println("Repeated " + repeated.times() + " times: " + repeated.text());
    }
    return new FaultResult(
        fault,
        lookups,
        end,
        apiWriter.drain(),
        propagation.drain(),
        readiness.drain(),
        repeated,
        Math.max(first.residentMebibytes(), second.residentMebibytes()));
  }

  /** A periodic task that has thrown is done. */
  private void checkPeriodicTasks() {
    for (Future<?> task : periodic) {
      if (task.isDone()) {
        throw new IllegalStateException("A writer, probe or the load failed", task.exceptionNow());
      }
    }
  }

  private static void writeCsv(Fault fault, List<LookupResult> lookups, long end)
      throws IOException {
    Path file = ServiceProcess.directory("faults").resolve(Options.code(fault) + ".csv");
    Files.write(file, lookups.stream().map(lookup -> lookup.csv(end)).toList());
  }

  @Override
  public void close() {
    scheduler.close();
    load.close();
    propagation.close();
    first.close();
    second.close();
  }
}
