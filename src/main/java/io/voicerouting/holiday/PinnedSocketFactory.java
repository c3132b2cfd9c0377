package io.voicerouting.holiday;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one address, whatever a host name resolves to by then. The name still decides which
 * certificate is accepted. Can be closed from another thread.
 */
final class PinnedSocketFactory extends SSLSocketFactory implements AutoCloseable {

  private final SSLSocketFactory delegate;
  private final InetAddress address;
  private @Nullable Socket socket;
  private boolean closed;

  PinnedSocketFactory(SSLSocketFactory delegate, InetAddress address) {
    this.delegate = delegate;
    this.address = address;
  }

  /** {@code HttpsURLConnection} connects this socket and then layers TLS over it. */
  @Override
  public synchronized Socket createSocket() throws IOException {
    Socket pinned = new PinnedSocket();
    socket = pinned;
    if (closed) {
      pinned.close();
    }
    return pinned;
  }

  private final class PinnedSocket extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      int port = ((InetSocketAddress) endpoint).getPort();
      super.connect(new InetSocketAddress(address, port), timeout);
    }
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return delegate.createSocket(connected, host, port, autoClose);
  }

  /** Closes the socket, so that whoever reads from it fails. */
  @Override
  public synchronized void close() {
    closed = true;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // the socket is closed anyway
      }
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return delegate.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return delegate.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }
}
