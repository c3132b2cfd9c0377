package io.voicerouting.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A JFR recording of the service while it answers warm decisions, with processor time samples (JEP
 * 509), shown by {@code jfr view}.
 */
final class DecisionProfile {

  private static final List<String> VIEWS =
      List.of("cpu-time-hot-methods", "cpu-time-statistics", "allocation-by-site", "gc-pauses");

  private DecisionProfile() {}

  /** Records, and prints the views. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = new Options(args, "only", "connections", "warmup", "seconds");
    Path recording = ServiceProcess.directory("profile").resolve("decision.jfr");
    record(options, recording);
    for (String view : VIEWS) {
      new ProcessBuilder(
              ServiceProcess.jdkTool("jfr"), "view", "--width", "140", view, recording.toString())
          .inheritIO()
          .start()
          .waitFor();
    }
    System.out.println("Recording: " + recording);
  }

  /** Recording starts when the warm-up is over; the JVM writes the file when it ends. */
  private static void record(Options options, Path recording) {
    Duration warmup = options.seconds("warmup", 60, 20);
    String flight =
        "-XX:StartFlightRecording:settings=profile,jdk.CPUTimeSample#enabled=true,delay=%ds,filename=%s"
            .formatted(warmup.toSeconds(), recording);
    Wrk wrk = new Wrk(options.connections(), SampleData.STANDARD);
    String template = Endpoint.DECISION.template();
    Implementation profiled =
        options.has("only")
            ? options.only(Implementation.class).iterator().next()
            : Implementation.SERVICE;
    try (Backends backends = Backends.start(SampleData.STANDARD);
        ServiceProcess service =
            profiled.start(backends, "-XX:FlightRecorderOptions:stackdepth=256", flight)) {
      wrk.run(service, template, warmup);
      wrk.run(service, template, options.seconds("seconds", 30, 10)).requireSuccess();
    }
  }
}
