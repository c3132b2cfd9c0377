package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Where processor time goes while warm decisions are answered, sampled by JFR (JEP 509). */
final class DecisionProfile {

  private static final String SAMPLE = "jdk.CPUTimeSample";

  private DecisionProfile() {}

  /**
   * Runs it; {@code --seconds=30} of load after {@code --warmup=60}, and samples once the process
   * has run for as long as that.
   */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/flame", args, "connections", "warmup", "seconds");
    Path recording = BenchFiles.directory(BenchFiles.TARGET).resolve("decision.jfr");
    Files.deleteIfExists(recording);
    record(options, recording);
    FlameGraph graph = new FlameGraph("Warm inbound decisions. " + options.origin());
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      RecordedStackTrace stack = event.getStackTrace();
      if (event.getEventType().getName().equals(SAMPLE) && stack != null) {
        graph.add(frames(stack));
      }
    }
    Path picture = (options.keeps() ? BenchFiles.KEPT : BenchFiles.TARGET).resolve("decision.svg");
    Files.writeString(picture, graph.svg());
    System.out.println("Flame graph: " + picture);
  }

  private static void record(CommandLine options, Path recording) throws IOException {
    Duration warmup = Duration.ofSeconds(options.number("warmup", 60, 20));
    Duration measured = Duration.ofSeconds(options.number("seconds", 30, 10));
    List<String> flags = new ArrayList<>(BenchFiles.flags());
    flags.add("-XX:FlightRecorderOptions:stackdepth=256");
    flags.add(
        "-XX:StartFlightRecording:settings=profile,%s#enabled=true,delay=%ds,maxsize=500m,filename=%s"
            .formatted(SAMPLE, warmup.toSeconds(), recording));
    try (PostgresInstance postgres = BackingServers.startPostgres();
        RedisInstance redis = BackingServers.startRedis()) {
      SampleData.STANDARD.load(postgres);
      try (ServiceProcess service = Contestant.SERVICE.start(postgres, redis, flags)) {
        Wrk wrk = new Wrk(options.connections(), SampleData.STANDARD);
        String path = Endpoint.DECISION.path(Contestant.SERVICE);
        wrk.run(service, path, warmup);
        wrk.run(service, path, measured).requireSuccess();
      } // the recording is written when the process ends
    }
  }

  /** Methods from the thread's first to the one that ran. */
  private static List<String> frames(RecordedStackTrace stack) {
    List<String> names = new ArrayList<>();
    for (RecordedFrame frame : stack.getFrames().reversed()) {
      RecordedMethod method = frame.getMethod();
      String type = method.getType().getName();
      names.add(type.substring(type.lastIndexOf('.') + 1) + "." + method.getName());
    }
    return names;
  }
}
