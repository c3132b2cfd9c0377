package io.voicerouting.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a client and a server and does what networks do: delays, cuts connections, or
 * passes nothing on. What is set holds for connections that stand and for those to come.
 */
public final class TcpProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);

  private final ServerSocket socket;
  private final Deque<ProxiedConnection> connections = new ConcurrentLinkedDeque<>();
  private volatile int targetPort;
  private volatile Duration latency = Duration.ZERO;
  private volatile CountDownLatch released = new CountDownLatch(0);
  private volatile boolean cutsReplies;
  private volatile boolean silent;

  private TcpProxy(ServerSocket socket, int targetPort) {
    this.socket = socket;
    this.targetPort = targetPort;
  }

  /** Starts one in front of a server of this machine. The caller closes it. */
  public static TcpProxy start(int targetPort) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), targetPort);
      Thread.ofPlatform().daemon().name("proxy").start(proxy::accept);
      return proxy;
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
  }

  /** Where clients connect to. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Leads connections to come to another server. */
  public void redirect(int newTargetPort) {
    targetPort = newTargetPort;
  }

  /** Delays all that the server sends. */
  public void delay(Duration newLatency) {
    latency = newLatency;
  }

  /** Whether all that the server sends is kept back until this is called again. */
  public void holdReplies(boolean hold) {
    released.countDown();
    if (hold) {
      released = new CountDownLatch(1);
    }
  }

  /** Waits until replies are no longer kept back. */
  void awaitRelease() throws InterruptedException {
    released.await();
  }

  /** Ends every connection that stands, as a crash of the other side does. */
  public void cut() {
    connections.forEach(ProxiedConnection::close);
  }

  /** Whether, from now on, each connection ends in the middle of the server's next words. */
  public void cutReplies(boolean cut) {
    cutsReplies = cut;
  }

  /**
   * Whether connections are accepted and left without an answer. A connection that was once
   * silenced never works again, and neither side is notified. Later connections work.
   */
  public void silence(boolean fallSilent) {
    silent = fallSilent;
    if (fallSilent) {
      connections.forEach(ProxiedConnection::silence);
    }
  }

  /** Silences the latest connection. Neither side is notified. */
  public void loseLatest() {
    connections.getLast().silence();
  }

  Duration latency() {
    return latency;
  }

  boolean cutsReplies() {
    return cutsReplies;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        connect(socket.accept());
      } catch (IOException refusal) {
        LOG.debug("The server is unavailable, or this proxy has been closed", refusal);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
      ProxiedConnection connection =
          new ProxiedConnection(this, client, server, connections::remove);
      connections.add(connection);
      if (silent) {
        connection.silence();
      }
      connection.start();
    } catch (IOException refusal) {
      client.setSoLinger(true, 0);
      client.close();
      throw refusal;
    }
  }

  /** Ends it, and every connection. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
    cut();
    holdReplies(false);
  }
}
