package io.voicerouting.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A collector of traces that accepts and discards them. */
final class TraceSink implements AutoCloseable {

  private static final int ANY_PORT = 0;
  private static final int STANDARD_BACKLOG = 0;

  private final HttpServer server;
  private final AtomicLong exports = new AtomicLong();

  /** Starts it. */
  TraceSink() {
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT), STANDARD_BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          exports.incrementAndGet();
          exchange.sendResponseHeaders(200, -1); // without a body
          exchange.close();
        });
    server.start();
  }

  /** The endpoint to export to. */
  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** How many exports it has received. */
  long exports() {
    return exports.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
