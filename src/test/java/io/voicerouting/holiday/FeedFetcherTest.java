package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from servers that misbehave. */
class FeedFetcherTest {

  private static final String FILE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";

  private final FeedServer server = new FeedServer(FeedServer.file(FILE));
  private final FeedFetcher fetcher = fetcher(InetAddress::getAllByName, true);

  @AfterEach
  void close() {
    server.close();
  }

  private static FeedFetcher fetcher(FeedFetcher.Resolver resolver, boolean allowPrivate) {
    return new FeedFetcher(
        FeedServer::sockets, resolver, allowPrivate ? address -> true : PublicAddresses::contains);
  }

  @Test
  void fetchesAFileAndItsEntityTag() {
    server.serve(
        FeedServer.raw("HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 4\r\n\r\nfile"));

    assertThat(fetcher.fetch(server.url(), null))
        .isInstanceOfSatisfying(
            FeedResponse.File.class,
            file -> {
              assertThat(file.content()).isEqualTo("file");
              assertThat(file.etag()).isEqualTo("\"v1\"");
            });
    assertThat(server.requests().getFirst().headers()).doesNotContainKey("if-none-match");
  }

  @Test
  void unchangedFileIsNotSentAgain() {
    server.serve(FeedServer.raw("HTTP/1.1 304 Not Modified\r\n\r\n"));

    assertThat(fetcher.fetch(server.url(), "\"v1\"")).isEqualTo(new FeedResponse.NotModified());
    assertThat(server.requests().getFirst().headers()).containsEntry("if-none-match", "\"v1\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void threeRedirectsAreFollowed(int status) {
    redirect(status, 3);

    assertThat(fetcher.fetch(server.url(), null)).isInstanceOf(FeedResponse.File.class);
  }

  @Test
  void fourRedirectsAreNotFollowed() {
    redirect(302, 4);

    assertFails(fetcher, server.url(), "redirects more than 3 times");
    assertThat(server.requests()).hasSize(4);
  }

  private void redirect(int status, int times) {
    server.serve(
        (request, out) -> {
          int hops = request.path().length() - request.path().replace("+", "").length();
          FeedServer.Handler handler =
              hops == times
                  ? FeedServer.file(FILE)
                  : FeedServer.raw(
                      "HTTP/1.1 " + status + " Moved\r\nLocation: " + request.path() + "+\r\n\r\n");
          handler.answer(request, out);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://localhost:%d/       | is not at an https URL",
        "file:///etc/passwd         | is not at an https URL",
        "https://user@localhost:%d/ | is not at an https URL",
        "https://a b/               | redirects to something that is no URL",
        "''                         | redirects more than 3 times",
      })
  void redirectsToOtherUrlsAreRefused(String location, String reason) {
    String target = location.formatted(server.port());
    server.serve(FeedServer.raw("HTTP/1.1 302 Found\r\nLocation: " + target + "\r\n\r\n"));

    assertFails(fetcher, server.url(), reason);
  }

  /** The server of the test stands for one in the Internet, by the name of its address. */
  @Test
  void redirectToLoopbackIsRefused() {
    FeedFetcher guarded =
        new FeedFetcher(
            FeedServer::sockets,
            host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})},
            address ->
                address.getHostName().equals("feed.example") || PublicAddresses.contains(address));
    server.serve(
        FeedServer.raw("HTTP/1.1 302 Found\r\nLocation: " + server.url("localhost") + "\r\n\r\n"));

    assertFails(
        guarded, server.url("feed.example"), "has the address 127.0.0.1, which is not public");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void everyResolvedAddressIsChecked() throws UnknownHostException {
    InetAddress[] mixed = {
      InetAddress.getByName("192.0.43.8"), InetAddress.getByName("fd00::1"),
    };
    FeedFetcher guarded = fetcher(host -> mixed, false);

    assertFails(guarded, server.url("feed.example"), "has the address fd00:0:0:0:0:0:0:1");
  }

  /** The JDK's own resolver does not know the host, so a second resolution would fail. */
  @Test
  void connectsToTheAddressThatWasChecked() {
    List<String> resolved = new ArrayList<>();
    FeedFetcher pinned =
        fetcher(
            host -> {
              resolved.add(host);
              return InetAddress.getAllByName("127.0.0.1");
            },
            true);

    assertThat(pinned.fetch(server.url("feed.example"), null))
        .isInstanceOf(FeedResponse.File.class);
    assertThat(resolved).containsExactly("feed.example");
    assertThat(server.requests().getFirst().headers())
        .containsEntry("host", "feed.example:" + server.port());
  }

  @Test
  void certificateMustBeForTheHost() {
    FeedFetcher pinned = fetcher(host -> InetAddress.getAllByName("127.0.0.1"), true);

    assertFails(pinned, server.url("other.example"), "cannot be reached securely");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'HTTP/1.1 404 Not Found\r\n\r\n' | answered 404",
        "'HTTP/1.1 500 Oops\r\n\r\n' | answered 500",
        "'HTTP/1.1 204 No Content\r\n\r\n' | answered 204",
        "'HTTP/1.1 302 Found\r\n\r\n' | answered 302 without Location",
        "'HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nx' | cannot be fetched: Premature EOF",
        "'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nBEGIN' | cannot be fetched: Premature EOF",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN' | cannot be fetched",
        "'' | cannot be fetched",
        "'SSH-2.0-OpenSSH\r\n' | answered something that is not HTTP",
      })
  void otherAnswersAreFailures(String answer, String reason) {
    server.serve(FeedServer.raw(answer));

    assertFails(fetcher, server.url(), reason);
  }

  @Test
  void fileWithoutLengthIsReadUpToTheLimit() {
    server.serve(
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(new byte[100_000]);
          }
        });

    assertFails(fetcher, server.url(), "is longer than 1048576 bytes");
  }

  /** One byte each 100 ms keeps every single read short. */
  @Test
  void serverThatDripsIsLeftInTime() {
    server.serve(
        (request, out) -> {
          for (byte next : "HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.UTF_8)) {
            out.write(next);
          }
          while (true) {
            Thread.sleep(100);
            out.write('x');
            out.flush();
          }
        });
    long start = System.nanoTime();

    assertFails(fetcher, server.url(), "did not answer completely within 5 s");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(FeedFetcher.TIMEOUT);
  }

  @Test
  void missingServersAreFailures() {
    FeedServer gone = new FeedServer(FeedServer.file(FILE));
    gone.close();

    assertFails(fetcher, gone.url(), "cannot be fetched");
    FeedFetcher nowhere =
        fetcher(
            host -> {
              throw new UnknownHostException(host);
            },
            true);
    assertFails(nowhere, server.url("feed.example"), "has an unknown host: feed.example");
  }

  private static void assertFails(FeedFetcher fetcher, String url, String reason) {
    assertThat(fetcher.fetch(url, null))
        .isInstanceOfSatisfying(
            FeedResponse.Failed.class, failed -> assertThat(failed.reason()).startsWith(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void otherAddressesAreNotPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1",
        "172.32.0.1", "192.0.43.8", "192.167.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
        "2001:500:88:200::8", "2606:4700::1111", "2a00:1450::1",
      })
  void addressesOfTheInternetArePublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
  }
}
