package io.voicerouting.holiday;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server that answers over TLS whatever a test wants, also what is not HTTP. Its certificate is
 * for {@code localhost} and {@code feed.example}; only {@link #sockets} trusts it.
 */
final class FeedServer implements AutoCloseable {

  private static final String PASSWORD = "password";

  /** Writes an answer. The connection is closed afterwards. */
  @FunctionalInterface
  interface Handler {
    void answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * What was asked.
   *
   * @param headers names in lower case
   */
  record Request(String path, Map<String, String> headers) {}

  /** Created once; a private key is not worth keeping. */
  private static final class Certificate {

    static final SSLContext CONTEXT = create();

    private static SSLContext create() {
      try {
        Path file = Files.createTempDirectory("feed-server").resolve("keys.p12");
        Process keytool =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "feed",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=feed.example",
                    "-ext",
                    "san=dns:feed.example,dns:localhost",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString())
                .inheritIO()
                .start();
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
          throw new IllegalStateException("keytool failed");
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(file.getParent());
        return context(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static SSLContext context(byte[] bytes) throws IOException, GeneralSecurityException {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), PASSWORD.toCharArray());
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("feed", store.getCertificate("feed"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    }
  }

  private final SSLServerSocket socket;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Handler handler;

  FeedServer(Handler handler) {
    this.handler = handler;
    try {
      socket =
          (SSLServerSocket)
              Certificate.CONTEXT
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers with a file from now on. */
  void serve(String file) {
    handler = file(file);
  }

  /** Answers in another way from now on. */
  void serve(Handler other) {
    handler = other;
  }

  /** A handler that answers 200 with a file. */
  static Handler file(String file) {
    return (request, out) ->
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: "
                    + file.getBytes(UTF_8).length
                    + "\r\n\r\n"
                    + file)
                .getBytes(UTF_8));
  }

  /** A handler that writes some text. */
  static Handler raw(String answer) {
    return (request, out) -> out.write(answer.getBytes(UTF_8));
  }

  /** Sockets that trust the server. */
  static SSLSocketFactory sockets() {
    return Certificate.CONTEXT.getSocketFactory();
  }

  String url() {
    return url("localhost");
  }

  String url(String host) {
    return "https://" + host + ":" + socket.getLocalPort() + "/holidays.ics";
  }

  int port() {
    return socket.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> answer(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      String[] first = in.readLine().split(" ", -1);
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        String[] header = line.split(": ", 2);
        headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
      }
      Request request = new Request(first[1], headers);
      requests.add(request);
      handler.answer(request, connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException | InterruptedException | NullPointerException e) {
      // the client left
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
