package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.RelayPasses;
import io.voicerouting.testing.TestTokens;
import jakarta.persistence.EntityManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** What all platforms share, over HTTP with real servers. */
@IntegrationTest
class PlatformHttpTest {

  private static final String ORGANIZATIONS = "/api/v1/organizations";
  private static final String DIALPLAN =
      "section=dialplan&Hunt-Context=default&Hunt-Destination-Number=";

  @LocalServerPort private int port;
  @Autowired private RestTestClient client;
  @Autowired private EntityManagerFactory entityManagers;
  @Autowired private MeterRegistry meters;
  @Autowired private PlatformPaths paths;

  private final String domain =
      "d" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) + ".example";
  private PlatformClient platform;
  private Calls admin;
  private Statistics statistics;
  private long org;

  @BeforeEach
  void createOrganization() {
    platform = new PlatformClient(port);
    admin = new Calls(client, TestTokens.ADMIN);
    statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    org =
        admin
            .send(HttpMethod.POST, organization(domain), ORGANIZATIONS)
            .body()
            .at("/id")
            .longValue();
    extension("1001", "\"type\":\"user\",\"voicemail_enabled\":true");
  }

  @Test
  void freeSwitchIsAnsweredWithADialplan() {
    HttpResponse<String> answer =
        platform.post(
            "organizations/" + org + "/routing/freeswitch",
            "hostname=fs1&Caller-Context=public&Caller-Destination-Number=9999&"
                + DIALPLAN
                + "1001");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(PlatformClient.mediaType(answer)).isEqualTo("text/xml");
    assertThat(answer.body())
        .isEqualTo(
            Questions.golden("freeswitch/mod_dptools-continue_on_fail-runs-the-next-action.xml")
                .replace("\"public\"", "\"default\""));
    assertThat(cacheStatus(answer)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"200, 50", "1200, 100", "4000, 20"})
  void variablesWithAnyNameReachTheAdapter(int count, int length) {
    String variables =
        IntStream.range(0, count)
            .mapToObj(i -> "variable_sip_h_X-Odd%zz" + i + "=" + "x".repeat(length))
            .collect(Collectors.joining("&"));

    HttpResponse<String> answer =
        platform.post(
            "organizations/" + org + "/routing/freeswitch", variables + "&" + DIALPLAN + "1001");

    assertThat(answer.body()).as("%d bytes", variables.length()).contains("\"user/1001@");
  }

  @ParameterizedTest
  @CsvSource({
    "freeswitch, section=dialplan&Hunt-Context=default&Hunt-Destination-Number=1001&x=, ''",
    "asterisk, to=1001&x=, ''",
    "rtjson, to=1001&x=, ''",
    "plain, to=1001&x=, ''",
    "twiml, To=1001&x=, ''",
    "jambonz, '{\"to\":\"1001\",\"x\":\"', '\"}'",
  })
  void bodiesAreReadUpTo256KiB(String adapter, String start, String end) {
    String path = "organizations/" + org + "/routing/" + adapter;
    String type = end.isEmpty() ? PlatformClient.FORM : "application/json";
    String longest = start + "x".repeat(256 * 1024 - start.length() - end.length()) + end;

    assertThat(platform.post(path, type, longest).body()).contains("1001");
    assertAnswer(platform.post(path, type, longest + " "), unusable(adapter), "a byte more");
    assertAnswer(platform.post(path, type, longest.repeat(8)), unusable(adapter), "2 MiB");
  }

  /** What clients of HTTP do on their own: libcurl expects 100 before it sends a long form. */
  @ParameterizedTest
  @MethodSource("adapters")
  void bodiesMayBeChunkedOrExpected(String adapter) {
    String path = "organizations/" + org + "/routing/" + adapter;
    byte[] body = body(adapter, "1001", "+15550100").getBytes(StandardCharsets.UTF_8);
    String type = adapter.equals("jambonz") ? "application/json" : PlatformClient.FORM;
    HttpRequest.BodyPublisher known = HttpRequest.BodyPublishers.ofByteArray(body);
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));

    for (HttpRequest.BodyPublisher publisher : List.of(known, chunked)) {
      for (boolean expect : new boolean[] {false, true}) {
        HttpResponse<String> answer =
            platform.send(
                platform
                    .request(path)
                    .header("Content-Type", type)
                    .expectContinue(expect)
                    .POST(publisher));

        assertThat(answer.body()).as("%s %s", publisher, expect).contains(dialled(adapter, domain));
      }
    }
  }

  /** A platform may accept something else than what it reads; none could read a 406. */
  @ParameterizedTest
  @MethodSource("adapters")
  void acceptedTypesAndCompressionDoNotMatter(String adapter) {
    String path = "organizations/" + org + "/routing/" + adapter;
    HttpResponse<String> plain = ask(adapter, path, "1001", "");

    HttpResponse<String> answer =
        platform.send(
            platform
                .request(path)
                .header(
                    "Content-Type",
                    adapter.equals("jambonz") ? "application/json" : PlatformClient.FORM)
                .header("Accept", "image/png")
                .header("Accept-Encoding", "gzip")
                .header("Accept-Charset", "utf-16")
                .POST(HttpRequest.BodyPublishers.ofString(body(adapter, "1001", ""))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(dialled(adapter, domain));
    assertThat(answer.headers().firstValue("Content-Type"))
        .isEqualTo(plain.headers().firstValue("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtjson", "plain", "asterisk"})
  void headHasNoBody(String adapter) {
    String path = "organizations/" + org + "/routing/" + adapter + "?to=1001";
    HttpResponse<String> answer =
        platform.send(platform.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length"))
        .hasValue(String.valueOf(platform.get(path).body().length()));
  }

  /** Callers in URLs that are written by hand, without percent-encoding. */
  @ParameterizedTest
  @ValueSource(strings = {"rtjson", "plain", "asterisk"})
  void callersMayHaveCharactersThatUrlsMustNotHave(String adapter) throws IOException {
    String target =
        "/api/v1/organizations/"
            + org
            + "/routing/"
            + adapter
            + "?to=1001&from=\"Zo\\|`{}[]^\"<sip:x>";
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
            + TestTokens.PLATFORM
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200")
          .contains(dialled(adapter, domain));
    }
  }

  @Test
  void rowsOfOtherApplicationsAreNeverExecuted() {
    extension(
        "4001",
        "\"type\":\"conference\",\"configuration\":{\"conference_room_id\":\"${system(id)}\"}");

    String path = "organizations/" + org + "/routing/";
    assertThat(platform.post(path + "freeswitch", DIALPLAN + "4001").body())
        .contains("hangup", "SUBSCRIBER_ABSENT")
        .doesNotContain("system");
    assertThat(platform.get(path + "rtjson?to=4001").body())
        .contains("\"reason\":\"configuration_invalid\"");
    assertThat(platform.post(path + "asterisk/single", "exten=4001&priority=1").body())
        .isEqualTo("app=Hangup&appdata=20");
  }

  @Test
  void domainTellsTheOrganizationWithoutAStatementWhenWarm() {
    String path = "routing/rtjson?direction=internal&to=sip:1001%40" + domain;
    await() // evictions of rows that were just written are over
        .until(
            () ->
                cacheStatus(platform.get(path)).stream()
                    .allMatch(status -> status.contains("hit")));
    new Calls(client, TestTokens.OPS).delete("/actuator/routing-cache/{org}", org);

    long start = statistics.getPrepareStatementCount();
    HttpResponse<String> cold = platform.get(path);
    long loaded = statistics.getPrepareStatementCount();
    platform.get(path); // fills the near cache
    HttpResponse<String> warm = platform.get(path);

    assertThat(loaded - start).isEqualTo(3); // domain, organization, extension
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(loaded);
    assertThat(cacheStatus(cold))
        .startsWith(
            "voice-routing; fwd=miss; stored",
            "voice-routing; fwd=miss; stored",
            "voice-routing; fwd=miss; stored");
    assertThat(cacheStatus(warm))
        .hasSize(3) // the organization, which tells its domain, is looked up once
        .allMatch(status -> status.matches("voice-routing; hit; ttl=\\d+"));
    assertThat(warm.body())
        .isEqualTo(cold.body())
        .startsWith(
            "{\"version\":\"1.0\",\"routing\":\"serial\",\"routes\":[{\"uri\":\"sip:1001@"
                + domain);
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void numberTellsTheOrganizationWithoutAStatementWhenWarm(String adapter) {
    String number = number("prefix");
    RelayPasses.settle(meters);
    String path = "routing/" + adapter;

    long start = statistics.getPrepareStatementCount();
    HttpResponse<String> cold = ask(adapter, path, number, "+15550100");
    ask(adapter, path, number, "+15550100"); // fills the near cache
    long loaded = statistics.getPrepareStatementCount();
    HttpResponse<String> warm = ask(adapter, path, number, "+15550100");

    assertThat(loaded).isGreaterThan(start);
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(loaded);
    assertThat(cold.statusCode()).isEqualTo(200);
    assertThat(cold.body()).contains(dialled(adapter, domain));
    assertThat(cacheStatus(cold)).contains("voice-routing; fwd=miss; stored");
    assertThat(warm.body()).contains(dialled(adapter, domain));
    assertThat(cacheStatus(warm))
        .hasSize(3) // number, organization, extension
        .allMatch(status -> status.matches("voice-routing; hit; ttl=\\d+"));
    assertThat(ask(adapter, path, number + "9", "+15550100").body())
        .doesNotContain(dialled(adapter, domain));
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void warmCallWithinAnOrganizationReadsNothingFromTheDatabase(String adapter) {
    RelayPasses.settle(meters);
    String path = "organizations/" + org + "/routing/" + adapter;

    long start = statistics.getPrepareStatementCount();
    HttpResponse<String> cold = ask(adapter, path, "1001", "");
    ask(adapter, path, "1001", ""); // fills the near cache
    long loaded = statistics.getPrepareStatementCount();
    HttpResponse<String> warm = ask(adapter, path, "1001", "");

    assertThat(loaded).isGreaterThan(start);
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(loaded);
    assertThat(cold.body()).contains(dialled(adapter, domain));
    assertThat(cacheStatus(cold)).contains("voice-routing; fwd=miss; stored");
    assertThat(cacheStatus(warm))
        .hasSize(2) // organization, extension
        .allMatch(status -> status.matches("voice-routing; hit; ttl=\\d+"));
  }

  @Test
  void movedDomainIsRightImmediately() {
    String path = "routing/plain?direction=internal&to=sip:1001%40";
    String other = "other-" + domain;
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(platform.get(path + domain).body()).isEqualTo("route|sip:1001@" + domain + "|30");
      assertThat(platform.get(path + other).body()).isEqualTo("reject|404|Not Found");
    }

    admin.send(HttpMethod.PUT, organization(other), ORGANIZATIONS + "/{org}", org);

    assertThat(platform.get(path + domain).body()).isEqualTo("reject|404|Not Found");
    assertThat(platform.get(path + other).body()).isEqualTo("route|sip:1001@" + other + "|30");
  }

  @Test
  void callersDoNotChooseTheDomainOfAnOrganization() {
    String path = "organizations/" + org + "/routing/plain?to=sip:1001%40evil.example";

    assertThat(platform.get(path).body()).isEqualTo("route|sip:1001@" + domain + "|30");
  }

  static Stream<String> adapters() {
    return Stream.of("freeswitch", "rtjson", "plain", "asterisk", "twiml", "jambonz");
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void refusalsHaveNoBody(String adapter) {
    for (String path :
        new String[] {
          "routing/" + adapter, "organizations/" + org + "/routing/" + adapter + "/x"
        }) {
      // Twilio sends credentials only after a 401 that asks for them.
      HttpResponse<String> nobody = platform.anonymous(path);
      HttpResponse<String> unknown = withToken(path, "Bearer nobody");
      HttpResponse<String> otherRole = withToken(path, "Bearer " + TestTokens.ADMIN);

      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(nobody.headers().allValues("WWW-Authenticate"))
          .anyMatch(challenge -> challenge.contains("Basic realm="));
      assertThat(nobody.body()).isEmpty();
      assertThat(unknown.statusCode()).isEqualTo(401);
      assertThat(unknown.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(unknown.body()).isEmpty();
      assertThat(otherRole.statusCode()).isEqualTo(403);
      assertThat(otherRole.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void unusableRequestsAreAnsweredInThePlatformsTerms(String adapter) {
    String path = "organizations/" + org + "/routing/" + adapter;
    PlatformAnswer expected = unusable(adapter);

    for (String odd :
        new String[] {
          path, // nobody was called
          path + "/other",
          path + "/other%2Fpath",
          path + "/%00",
          path + ";version=1",
          path + "?to=1001&direction=up",
          path + "?to=alice",
          "organizations/0/routing/" + adapter + "?to=1001",
          "organizations/abc/routing/" + adapter + "?to=1001",
          "organizations/99999999999999999999/routing/" + adapter + "?to=1001",
          "routing/" + adapter + "?to=1001", // nothing tells the organization
        }) {
      assertAnswer(platform.get(odd), expected, odd);
    }
    for (String method : new String[] {"PUT", "DELETE", "PATCH", "OPTIONS", "BREW"}) {
      HttpRequest.Builder request =
          platform.request(path + "?to=1001").method(method, HttpRequest.BodyPublishers.noBody());
      assertAnswer(platform.send(request), expected, method);
    }
    assertAnswer(platform.post(path, "\u0000%%%=&&&=%"), expected, "unreadable form");
    assertAnswer(platform.post(path, "application/json", "{"), expected, "unreadable JSON");
    assertAnswer(platform.post(path, "image/png", "x"), expected, "other type");
    assertAnswer(platform.post(path, "x".repeat(300_000)), expected, "long body");
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void noCallerRefusesACall(String adapter) {
    String path = "organizations/" + org + "/routing/" + adapter;

    for (String from :
        new String[] {
          " 15550100",
          "+15550100",
          "anonymous",
          "Restricted",
          "unavailable",
          "",
          "sip:@",
          "\u0000${x}",
          "x".repeat(4_096)
        }) {
      assertThat(ask(adapter, path, "1001", from).body())
          .as(from)
          .contains(dialled(adapter, domain))
          .doesNotContain("${x}");
    }
  }

  /** Without this, a rule for anonymous callers would miss most of them. */
  @ParameterizedTest
  @MethodSource("adapters")
  void callersThatAreNoNumberAreAnonymousForCallerRules(String adapter) {
    String number = number("anonymous");
    String path = "routing/" + adapter;

    for (String from :
        new String[] {
          "anonymous",
          "Restricted",
          "unavailable",
          "",
          "sip:anonymous@anonymous.invalid",
          "x".repeat(4_096)
        }) {
      assertThat(ask(adapter, path, number, from).body()).as(from).contains("15550199");
    }
    for (String from : new String[] {"+15550100", " 15550100", "1002"}) {
      assertThat(ask(adapter, path, number, from).body())
          .as(from)
          .contains(dialled(adapter, domain));
    }
  }

  @Test
  void otherPathsKeepTheirProblemDocuments() {
    for (String path :
        new String[] {
          "routing/freeswitchx", "routing/unknown", "organizations/1/routing/rtjson2", "routing"
        }) {
      HttpResponse<String> answer = platform.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(PlatformClient.mediaType(answer)).as(path).isEqualTo("application/problem+json");
    }
  }

  private static void assertAnswer(
      HttpResponse<String> answer, PlatformAnswer expected, String request) {
    assertThat(answer.statusCode()).as(request).isEqualTo(expected.status());
    assertThat(answer.body()).as(request).isEqualTo(expected.body());
    assertThat(PlatformClient.mediaType(answer)).as(request).isEqualTo(expected.contentType());
  }

  private PlatformAnswer unusable(String adapter) {
    return Objects.requireNonNull(paths.find("/api/v1/routing/" + adapter)).adapter().unusable();
  }

  private HttpResponse<String> withToken(String path, String authorization) {
    return platform.send(platform.request(path).setHeader("Authorization", authorization));
  }

  /** Asks as the platform does. */
  private HttpResponse<String> ask(String adapter, String path, String to, String from) {
    String body = body(adapter, to, from);
    return switch (adapter) {
      case "freeswitch", "twiml" -> platform.post(path, body);
      case "jambonz" -> platform.post(path, "application/json", body);
      default -> platform.get(path + "?" + body);
    };
  }

  /** A body as the platform sends it, or the query. */
  private static String body(String adapter, String to, String from) {
    String dialled = URLEncoder.encode(to, StandardCharsets.UTF_8);
    String caller = URLEncoder.encode(from, StandardCharsets.UTF_8);
    return switch (adapter) {
      case "freeswitch" -> DIALPLAN + dialled + "&Hunt-Caller-ID-Number=" + caller;
      case "twiml" -> "CallSid=CA1&To=" + dialled + "&From=" + caller;
      case "jambonz" -> JsonMapper.shared().writeValueAsString(Map.of("to", to, "from", from));
      default -> "to=" + dialled + "&from=" + caller;
    };
  }

  /** What an adapter answers to dial extension 1001. */
  private static String dialled(String adapter, String domain) {
    return switch (adapter) {
      case "freeswitch" -> "\"user/1001@";
      case "asterisk" -> "app=Dial&appdata=PJSIP%2F1001%2C30";
      case "jambonz" -> "\"1001@" + domain + "\"";
      default -> "sip:1001@" + domain;
    };
  }

  /**
   * Creates a number that dials extension 1001.
   *
   * @param match of its rule, which dials +15550199 instead
   */
  private String number(String match) {
    String number = "+883" + ThreadLocalRandom.current().nextLong(10_000_000, 100_000_000);
    String value = match.equals("anonymous") ? "" : "\"value\":\"+4930\",";
    create(
        "phone-numbers",
        "{\"number\":\""
            + number
            + "\",\"hours\":\"ignore\",\"open_action\":{\"type\":\"extension\","
            + "\"target\":\"1001\"},\"caller_rules\":[{\"match\":\""
            + match
            + "\","
            + value
            + "\"action\":{\"type\":\"external\",\"target\":\"+15550199\"}}]}");
    return number;
  }

  private static List<String> cacheStatus(HttpResponse<String> answer) {
    return List.of(answer.headers().firstValue("Cache-Status").orElse("").split(", "));
  }

  private static String organization(String domain) {
    return "{\"name\":\"Test\",\"timezone\":\"UTC\",\"sip_domain\":\"" + domain + "\"}";
  }

  private void extension(String number, String members) {
    create("extensions", "{\"extension_number\":\"" + number + "\"," + members + "}");
  }

  private void create(String resources, String body) {
    Calls.Answer created =
        admin.send(HttpMethod.POST, body, ORGANIZATIONS + "/{org}/" + resources, org);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
  }
}
