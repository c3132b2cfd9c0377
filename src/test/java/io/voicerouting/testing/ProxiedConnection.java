package io.voicerouting.testing;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through a {@link TcpProxy}, and the one it makes to the server. */
final class ProxiedConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
  private static final int CHUNK = 64 * 1024;

  private final TcpProxy proxy;
  private final Socket client;
  private final Socket server;
  private final Consumer<ProxiedConnection> onClose;
  private final BlockingQueue<Chunk> replies = new LinkedBlockingQueue<>();
  private volatile boolean silent;

  ProxiedConnection(
      TcpProxy proxy, Socket client, Socket server, Consumer<ProxiedConnection> onClose) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    this.onClose = onClose;
  }

  @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
  private record Chunk(byte[] bytes, long dueNanos) {}

  private interface Part {
    void run() throws IOException, InterruptedException;
  }

  void start() throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    run(this::forwardRequests);
    run(this::receiveReplies);
    run(this::forwardReplies);
  }

  /**
   * On a thread of the operating system's: virtual ones would wait for a processor behind all other
   * virtual threads of this process, and what was delayed by that would look like the network.
   */
  private void run(Part part) {
    Thread.ofPlatform()
        .daemon()
        .name("proxied")
        .start(
            () -> {
              try {
                part.run();
              } catch (IOException ended) {
                close();
              } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                close();
              }
            });
  }

  private void forwardRequests() throws IOException {
    byte[] buffer = new byte[CHUNK];
    while (true) {
      int length = read(client, buffer);
      if (!silent) {
        server.getOutputStream().write(buffer, 0, length);
      }
    }
  }

  private void receiveReplies() throws IOException {
    byte[] buffer = new byte[CHUNK];
    while (true) {
      int length = read(server, buffer);
      replies.add(
          new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + proxy.latency().toNanos()));
    }
  }

  private void forwardReplies() throws IOException, InterruptedException {
    while (!client.isClosed()) {
      Chunk chunk = replies.take();
      TimeUnit.NANOSECONDS.sleep(chunk.dueNanos() - System.nanoTime());
      proxy.awaitRelease();
      if (silent) {
        continue;
      }
      if (proxy.cutsReplies()) {
        client.getOutputStream().write(chunk.bytes(), 0, chunk.bytes().length / 2);
        close();
      } else {
        client.getOutputStream().write(chunk.bytes());
      }
    }
  }

  private static int read(Socket from, byte[] buffer) throws IOException {
    int length = from.getInputStream().read(buffer);
    if (length < 0) {
      throw new IOException("The other side has closed");
    }
    return length;
  }

  /** From now on nothing passes, in either direction. */
  void silence() {
    silent = true;
  }

  /** Resets both connections. */
  void close() {
    onClose.accept(this);
    replies.add(new Chunk(new byte[0], System.nanoTime())); // wakes who waits for one
    reset(client);
    reset(server);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyClosed) {
      LOG.debug("A proxied connection was closed already", alreadyClosed);
    }
  }
}
