package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.voicerouting.testing.TestTokens;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * A constant rate of requests for random keys, on several connections in turn. A request is due at
 * a fixed time whether or not earlier ones were answered, and its latency counts from that time:
 * requests that had to wait behind a slow one are as late as they would be for callers (no
 * coordinated omission). Latencies include how late the kernel wakes a thread, about 0.06 ms.
 */
record OpenLoad(int connections, SampleData keys) {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String SUCCESS = "HTTP/1.1 200";
  private static final String LENGTH = "\r\ncontent-length:";
  private static final Duration DELAY = Duration.ofMillis(200); // until the first request is due

  /**
   * The result of one run; latencies in milliseconds.
   *
   * @param sortedMillis of all requests
   * @param failures answers other than 200
   * @param pauses of the service's collector, in milliseconds
   * @param seconds that the load lasted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Result(double[] sortedMillis, int failures, List<Double> pauses, double seconds) {

    double percentile(double percent) {
      int index = (int) Math.ceil(sortedMillis.length * percent / 100) - 1;
      return sortedMillis[Math.max(0, index)];
    }

    double worst() {
      return sortedMillis[sortedMillis.length - 1];
    }

    double longestPause() {
      return pauses.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  /** The latencies of one connection in nanoseconds, and how many answers were not 200. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Answers(long[] nanos, int failures) {}

  /**
   * Loads a service for a while.
   *
   * @param template of path and query, see {@link Endpoint#template}
   * @param rate requests per second
   */
  Result run(ServiceProcess service, String template, int rate, Duration duration) {
    int each = (int) (rate * duration.toMillis() / 1000 / connections);
    long interval = Duration.ofSeconds(1).toNanos() * connections / rate;
    List<Double> before = service.collectorPauses();
    long start = System.nanoTime() + DELAY.toNanos();
    List<Future<Answers>> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        long first = start + interval * i / connections;
        Random random = new Random(i);
        runs.add(threads.submit(() -> send(service, template, random, first, interval, each)));
      }
    }
    List<Double> pauses = service.collectorPauses();
    List<Answers> answers = runs.stream().map(OpenLoad::get).toList();
    double[] millis =
        answers.stream()
            .flatMapToLong(some -> LongStream.of(some.nanos()))
            .mapToDouble(nanos -> nanos / 1e6)
            .toArray();
    Arrays.sort(millis);
    return new Result(
        millis,
        answers.stream().mapToInt(Answers::failures).sum(),
        pauses.subList(before.size(), pauses.size()),
        duration.toMillis() / 1e3);
  }

  private Answers send(
      ServiceProcess service, String template, Random random, long first, long interval, int count)
      throws IOException {
    long[] latencies = new long[count];
    int failures = 0;
    Socket socket = connect(service);
    try {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int i = 0; i < count; i++) {
        byte[] request = request(template, random);
        long due = first + i * interval;
        long wait = due - System.nanoTime();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = due - System.nanoTime();
        }
        socket.getOutputStream().write(request);
        if (!readAnswer(socket.getInputStream(), buffer)) {
          failures++;
          socket.close();
          socket = connect(service);
        }
        latencies[i] = System.nanoTime() - due;
      }
    } finally {
      socket.close();
    }
    return new Answers(latencies, failures);
  }

  private static Socket connect(ServiceProcess service) throws IOException {
    int port = URI.create(service.url()).getPort();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private byte[] request(String template, Random random) {
    int organization = 1 + random.nextInt(keys.organizations());
    int extension = SampleData.FIRST_NUMBER + random.nextInt(keys.extensions());
    return ("GET "
            + Endpoint.expand(template, organization, extension)
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + TestTokens.PLATFORM
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Reads a whole answer of 200, which must name its length; false for another answer. */
  private static boolean readAnswer(InputStream in, byte[] buffer) throws IOException {
    int read = 0;
    int end = -1;
    while (end < 0 || read < end) {
      int more = in.read(buffer, read, buffer.length - read);
      if (more < 0) {
        throw new EOFException("The service closed a connection");
      }
      read += more;
      if (end < 0) {
        String answer = new String(buffer, 0, read, ISO_8859_1);
        if (answer.length() >= SUCCESS.length() && !answer.startsWith(SUCCESS)) {
          return false;
        }
        end = end(answer);
      }
    }
    return true;
  }

  /** The length of the whole answer; -1 if its headers are not complete. */
  private static int end(String answer) throws IOException {
    int body = answer.indexOf("\r\n\r\n");
    if (body < 0) {
      return -1;
    }
    String headers = answer.substring(0, body + 2).toLowerCase(Locale.ROOT);
    int length = headers.indexOf(LENGTH);
    if (length < 0) {
      throw new IOException("An answer does not name its length: " + headers);
    }
    int from = length + LENGTH.length();
    String digits = headers.substring(from, headers.indexOf("\r\n", from)).strip();
    return body + 4 + Integer.parseInt(digits);
  }

  private static Answers get(Future<Answers> run) {
    try {
      return run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new UncheckedIOException(new IOException("A connection failed", e.getCause()));
    }
  }
}
