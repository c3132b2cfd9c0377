package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.security.IssuedTokens;
import io.voicerouting.testing.TestTokens;
import io.voicerouting.web.WebTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Errors that are answered before an adapter is reached: by Tomcat, filters and security. */
@WebTest
@Import(PlatformErrorsHttpTest.Platforms.class)
class PlatformErrorsHttpTest {

  private static final String HOST = "Host: calls.example\r\n";
  private static final String FAILING = "127.0.9.1"; // an address that sends wrong tokens
  private static final int MAX_FAILURES = 30;
  private static final int CONCURRENT_LOOKUPS = 4;

  @LocalServerPort private int port;
  @Autowired private List<PlatformAdapter> adapters;
  @Autowired private Tokens tokens;

  /** The adapters. No request of these tests gets as far as a lookup of a call. */
  @TestConfiguration
  @ComponentScan("io.voicerouting.platform")
  @ConfigurationPropertiesScan("io.voicerouting.platform")
  static class Platforms {

    @Bean
    RoutingCacheService routingCacheService() {
      return mock(RoutingCacheService.class);
    }

    @Bean
    InstantSource clock() {
      return InstantSource.fixed(Questions.NOW);
    }

    @Bean
    Tokens tokens() {
      return new Tokens();
    }
  }

  /** No token is valid. Lookups can be held, and be impossible. */
  static final class Tokens implements IssuedTokens {

    private final Semaphore arrived = new Semaphore(0);
    private volatile @Nullable Semaphore held;
    private volatile boolean unavailable;

    @Override
    public Result find(String digest) {
      Semaphore gate = held;
      if (gate != null) {
        arrived.release();
        gate.acquireUninterruptibly();
      }
      return unavailable ? new Result.Unavailable(Duration.ofSeconds(2)) : new Result.Invalid();
    }

    @Override
    public List<String> findDigests(int most) {
      return List.of();
    }
  }

  /** An answer as it was received. */
  private record Answer(String head, String body) {

    boolean has(String header) {
      return (head + "\r\n").contains("\r\n" + header + "\r\n");
    }
  }

  @AfterEach
  void findAllTokens() {
    tokens.unavailable = false;
    tokens.held = null;
  }

  static List<String> unusable() {
    return List.of(
        "GET {path}?to=1001&from=A B HTTP/1.1\r\n" + HOST,
        "GET {path}/<x> HTTP/1.1\r\n" + HOST,
        "GET {path}/%zz HTTP/1.1\r\n" + HOST,
        "GET {path}/%2Fx HTTP/1.1\r\n" + HOST,
        "GET {path}/%00 HTTP/1.1\r\n" + HOST,
        "GET {path}//x HTTP/1.1\r\n" + HOST,
        "GET /{path}?to=1001 HTTP/1.1\r\n" + HOST,
        "GET {path}/../x HTTP/1.1\r\n" + HOST,
        "GET {path};x=1 HTTP/1.1\r\n" + HOST,
        "GET {path}?to=1001 HTTP/1.1\r\n",
        "GET {path}?to=1001 HTTP/1.1\r\nHost: a b\r\n",
        "GET {path}?to=1001 HTTP/1.1\r\n" + HOST + HOST,
        "GET {path}?to=1001 HTTP/3.0\r\n" + HOST,
        "GET {path}?to=1001 HTTP/1.1\r\nBad Header: x\r\n" + HOST,
        "GET {path}?to=1001 HTTP/1.1\r\nX-Long: " + "x".repeat(20_000) + "\r\n" + HOST,
        "TRACE {path}?to=1001 HTTP/1.1\r\n" + HOST,
        "CONNECT {path}?to=1001 HTTP/1.1\r\n" + HOST,
        "OPTIONS {path}?to=1001 HTTP/1.1\r\nOrigin: http://a.example\r\n" + HOST,
        "POST {path}?to=1001 HTTP/1.1\r\nExpect: nothing\r\nContent-Length: 0\r\n" + HOST,
        "POST {path}?to=1001 HTTP/1.1\r\nContent-Length: abc\r\n" + HOST,
        "POST {path}?to=1001 HTTP/1.1\r\nContent-Length: -1\r\n" + HOST,
        "POST {path}?to=1001 HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + HOST,
        "POST {path}?to=1001 HTTP/1.1\r\nTransfer-Encoding: unknown\r\n" + HOST);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void requestsThatTomcatOrAFilterRefusesAreAnsweredInThePlatformsTerms(String head) {
    for (PlatformAdapter adapter : adapters) {
      PlatformAnswer expected = adapter.unusable();
      for (String path : paths(adapter)) {
        Answer answer =
            exchange("127.0.0.1", head.replace("{path}", path), TestTokens.PLATFORM, "");

        assertThat(answer.head()).as(path).startsWith("HTTP/1.1 200 ");
        assertThat(answer.body()).as(path).isEqualTo(expected.body());
        assertThat(answer.has("Content-Type: " + expected.contentType())).as(path).isTrue();
      }
    }
  }

  @Test
  void bodyThatBreaksOffOrIsTooLongIsAnsweredInThePlatformsTerms() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    String tooLong = "x".repeat(PlatformRequest.LONGEST_BODY + 1);
    for (PlatformAdapter adapter : adapters) {
      String path = paths(adapter).getFirst();
      String post = "POST " + path + " HTTP/1.1\r\n" + HOST;
      for (Answer answer :
          List.of(
              exchange("127.0.0.1", post + chunked, TestTokens.PLATFORM, "no chunk\r\n\r\n"),
              exchange(
                  "127.0.0.1",
                  post + chunked,
                  TestTokens.PLATFORM,
                  Integer.toHexString(tooLong.length()) + "\r\n" + tooLong + "\r\n0\r\n\r\n"),
              exchange(
                  "127.0.0.1",
                  post + "Content-Length: 99999999999\r\n",
                  TestTokens.PLATFORM,
                  tooLong))) {
        assertThat(answer.head()).as(path).startsWith("HTTP/1.1 200 ");
        assertThat(answer.body()).as(path).isEqualTo(adapter.unusable().body());
      }
    }
  }

  /** The path cannot be read, so that the answer must suit the platform that reads any body. */
  @Test
  void requestWhoseFirstLineCannotBeReadHasNoBody() {
    for (PlatformAdapter adapter : adapters) {
      for (String path : paths(adapter)) {
        for (String line :
            List.of(
                "GET " + path + "?to=1001&from=Zo\u00eb HTTP/1.1", "G@T " + path + " HTTP/1.1")) {
          Answer answer = exchange("127.0.0.1", line + "\r\n" + HOST, TestTokens.PLATFORM, "");

          assertThat(answer.head()).as(line).matches("(?s)HTTP/1\\.1 (400|505) .*");
          assertThat(answer.has("Content-Length: 0")).as(line).isTrue();
          assertThat(answer.body()).as(line).isEmpty();
        }
      }
    }
  }

  @Test
  void requestOfAnotherSiteIsForbiddenWithoutABody() {
    for (PlatformAdapter adapter : adapters) {
      for (String path : paths(adapter)) {
        String head = "POST " + path + " HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n" + HOST;

        assertNoBody(exchange("127.0.0.1", head, TestTokens.PLATFORM, ""), 403);
      }
    }
  }

  @Test
  void addressWithTooManyWrongTokensIs429WithoutABody() {
    for (int i = 0; i < MAX_FAILURES; i++) {
      ask(FAILING, adapters.getFirst());
    }
    for (PlatformAdapter adapter : adapters) {
      Answer answer = ask(FAILING, adapter);

      assertNoBody(answer, 429);
      assertThat(answer.has("Retry-After: 60")).isTrue();
    }

    tokens.held = new Semaphore(0); // only one lookup of such an address runs at a time
    List<Answer> waited = askWhile(FAILING, 1);

    assertThat(waited).hasSameSizeAs(adapters);
    waited.forEach(answer -> assertNoBody(answer, 429));
    assertThat(waited).allMatch(answer -> answer.has("Retry-After: 1"));
  }

  @Test
  void tokenThatCannotBeLookedUpIs503WithoutABody() {
    tokens.unavailable = true;
    for (PlatformAdapter adapter : adapters) {
      Answer answer = ask("127.0.9.2", adapter);

      assertNoBody(answer, 503);
      assertThat(answer.has("Retry-After: 2")).isTrue();
    }

    tokens.held = new Semaphore(0);
    List<Answer> waited = askWhile("127.0.9.2", CONCURRENT_LOOKUPS);

    assertThat(waited).hasSameSizeAs(adapters);
    waited.forEach(answer -> assertNoBody(answer, 503));
    assertThat(waited).allMatch(answer -> answer.has("Retry-After: 1"));
  }

  /** Asks all adapters while so many lookups of tokens do not end. */
  private List<Answer> askWhile(String address, int lookups) {
    Semaphore gate = tokens.held;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < lookups; i++) {
        threads.execute(() -> ask(address, adapters.getFirst()));
      }
      tokens.arrived.acquireUninterruptibly(lookups);
      List<CompletableFuture<Answer>> asked = new ArrayList<>();
      for (PlatformAdapter adapter : adapters) {
        asked.add(CompletableFuture.supplyAsync(() -> ask(address, adapter), threads));
      }
      List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();
      if (gate != null) {
        gate.release(lookups);
      }
      return answers;
    }
  }

  private Answer ask(String address, PlatformAdapter adapter) {
    String head = "GET " + paths(adapter).getFirst() + "?to=1001 HTTP/1.1\r\n" + HOST;
    return exchange(address, head, "wrong", "");
  }

  private static void assertNoBody(Answer answer, int status) {
    assertThat(answer.head()).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.has("Content-Length: 0")).as(answer.head()).isTrue();
    assertThat(answer.head()).doesNotContain("Content-Type");
    assertThat(answer.body()).isEmpty();
  }

  /** The paths at and below an adapter's. */
  private static List<String> paths(PlatformAdapter adapter) {
    List<String> paths = new ArrayList<>();
    for (String base : List.of("/api/v1/routing/", "/api/v1/organizations/1/routing/")) {
      paths.add(base + adapter.name());
      adapter.describe().subPaths().stream()
          .map(below -> base + adapter.name() + '/' + below.name())
          .forEach(paths::add);
    }
    return paths;
  }

  /** Sends what no client library would send. */
  private Answer exchange(String address, String head, String token, String body) {
    String request =
        head + "Authorization: Bearer " + token + "\r\nConnection: close\r\n\r\n" + body;
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput(); // Tomcat would wait for the rest of a body that is too long
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      assertThat(end).as(answer).isPositive();
      return new Answer(answer.substring(0, end), answer.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
