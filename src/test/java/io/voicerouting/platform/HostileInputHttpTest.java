package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.voicerouting.common.UrlText;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that mean something to a platform or its format: as names of people and ring groups, as
 * callers, dialled numbers, domains and contexts. A parser of the format reads every answer.
 */
@IntegrationTest
class HostileInputHttpTest {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** A ring group with every character that is inserted. */
  private static final String HARMLESS = "aZ09_.+*#@:-";

  @LocalServerPort private int port;
  @Autowired private RestTestClient client;

  private final String domain =
      "d" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) + ".example";
  private PlatformClient platform;
  private Calls admin;
  private String organization;

  /** What the formats of all adapters hold: the texts that a platform would use. */
  private record Answered(String adapter, String body, List<String> texts) {}

  @BeforeEach
  void createOrganization() {
    platform = new PlatformClient(port);
    admin = new Calls(client, TestTokens.ADMIN);
    organization = "organizations/" + created("/api/v1/organizations", organizationBody(domain));
    extension("1001", "User", "\"type\":\"user\",\"voicemail_enabled\":true");
  }

  static List<String> hostile() {
    return List.of(
        "<Response><Dial>+15550100</Dial></Response>",
        "\"/><action application=\"system\" data=\"id\"/>",
        "'\"],\"verb\":\"hangup\",[{\"",
        "x&exten=1002;priority=2|&app=System",
        "${system(id)}",
        "$[1+1] `id` %{x} {id}",
        "]]><!-- --><?xml version=\"1.0\"?>",
        "X-PRE-PROCESS <include>",
        "&lt;&#0;&amp;nbsp;&unknown;",
        "'; drop table extensions; --",
        "back\\slash \\u0022 \\\"",
        "\u202Eright to left\u202C \u2066\u05D0\u05D1\u2069",
        "\uFEFF\uFFFE\uFFFF\u2028\u2029\u200B",
        "漢".repeat(64),
        "😀".repeat(64));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void namesAreKeptInJsonAndRejectCallsOfPlatforms(String text) {
    extension("3001", text, "\"type\":\"ring_group\"," + ringGroup(text));

    JsonNode decision = json(platform.get(organization + "/routing/decision?to=3001").body());
    assertThat(decision.at("/action/ring_group_id").stringValue()).isEqualTo(text);
    JsonNode extension = json(platform.get(organization + "/routing/extensions/3001").body());
    assertThat(extension.at("/display_name").stringValue()).isEqualTo(text);
    for (Answered answer : ask("3001", "", "")) {
      assertThat(answer.texts()).as(answer.body()).isEqualTo(unavailable(answer.adapter()));
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void callersAreKept(String text) {
    String shown =
        json(platform.get(organization + "/routing/decision?to=1001&from=" + encode(text)).body())
            .get("from")
            .stringValue();
    assertThat(text).startsWith(shown);

    for (Answered answer : ask("1001", text, "")) {
      assertThat(answer.texts()).as(answer.body()).anyMatch(found -> found.contains("1001"));
      answer.texts().stream()
          .filter(found -> found.contains("/after?"))
          .forEach(url -> assertThat(field(url, "from")).isEqualTo(shown));
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void dialledTextsDomainsAndContextsAreNotInserted(String text) {
    for (Answered answer : ask(text, "", "")) {
      assertThat(answer.texts()).as(answer.body()).isEqualTo(unusable(answer.adapter()));
    }
    String nameless = "organizations/" + created("/api/v1/organizations", organizationBody(null));
    organization = nameless;
    extension("1001", "User", "\"type\":\"user\"");
    for (Answered answer : ask("1001", "", text)) {
      if (answer.adapter().equals("freeswitch") || answer.adapter().equals("asterisk")) {
        continue; // insert no domain
      }
      assertThat(answer.texts()).as(answer.body()).isEqualTo(unavailable(answer.adapter()));
    }
    String form = "section=dialplan&Hunt-Destination-Number=1001&Hunt-Context=" + encode(text);
    assertThat(
            texts("freeswitch", platform.post(organization + "/routing/freeswitch", form).body()))
        .isEqualTo(unusable("freeswitch"));
  }

  @Test
  void harmlessNamesAreInsertedAsTheyAre() {
    extension("3001", HARMLESS, "\"type\":\"ring_group\"," + ringGroup(HARMLESS));

    Map<String, String> found = new LinkedHashMap<>();
    for (Answered answer : ask("3001", "", "")) {
      String text =
          answer.texts().stream()
              .filter(part -> part.contains("aZ09"))
              .findFirst()
              .orElse(answer.body());
      found.put(
          answer.adapter(),
          answer.adapter().matches("rtjson|plain|twiml")
              ? UrlText.decode(text.replace("+", "%2B"))
              : text);
    }

    assertThat(found)
        .containsEntry("freeswitch", HARMLESS + " XML ring-groups")
        .containsEntry("rtjson", "sip:group-" + HARMLESS + "@" + domain)
        .containsEntry("plain", "sip:group-" + HARMLESS + "@" + domain)
        .containsEntry("asterisk", HARMLESS)
        .containsEntry("twiml", "/twiml/ring-groups/" + HARMLESS)
        .containsEntry("jambonz", HARMLESS);
  }

  @Test
  void controlCharactersAreRefusedOnWriteAndRemovedFromCallers() {
    for (String text : List.of("a\r\nb", "a\u0000b", "a\u001bb", "\u0085", "a\tb")) {
      String body =
          "{\"extension_number\":\"3002\",\"type\":\"ring_group\"," + ringGroup(text) + "}";
      assertThat(
              admin.send(HttpMethod.POST, body, "/api/v1/" + organization + "/extensions").status())
          .hasToString("400 BAD_REQUEST");
      for (Answered answer : ask("1001", text, "")) {
        assertThat(answer.body()).doesNotContainPattern("\\p{Cntrl}").doesNotContain("%0", "%1b");
        assertThat(answer.texts()).anyMatch(found -> found.contains("1001"));
      }
    }
  }

  /** Bytes of UTF-8 without percent-encoding, which some platforms send. */
  @Test
  void callersMayBeSentWithoutPercentEncoding() {
    String form = "To=1001&From=Zoë";

    HttpResponse<String> answer = platform.post(organization + "/routing/twiml", form);

    assertThat(texts("twiml", answer.body()))
        .filteredOn(text -> text.contains("/after?"))
        .singleElement()
        .satisfies(url -> assertThat(field(url, "from")).isEqualTo("Zoë"));
  }

  /** Asks all adapters, in their own words. */
  private List<Answered> ask(String to, String from, String called) {
    String dialled = encode(to);
    String caller = encode(from);
    String asked = organization + "/routing/";
    String query = "?to=" + dialled + "&from=" + caller;
    String uri = called.isEmpty() ? "" : encode("@" + called);
    String prefix = called.isEmpty() ? "" : "sip:";
    String proxies = "?to=" + prefix + dialled + uri + "&from=" + caller;
    Map<String, HttpResponse<String>> answers = new LinkedHashMap<>();
    answers.put(
        "freeswitch",
        platform.post(
            asked + "freeswitch",
            "section=dialplan&Hunt-Context=public&Hunt-Destination-Number="
                + dialled
                + "&Hunt-Caller-ID-Number="
                + caller));
    answers.put("rtjson", platform.get(asked + "rtjson" + proxies));
    answers.put("plain", platform.get(asked + "plain" + proxies));
    answers.put("asterisk", platform.get(asked + "asterisk" + query));
    answers.put(
        "twiml",
        platform.post(
            asked + "twiml", "To=" + dialled + "&From=" + caller + "&SipDomain=" + encode(called)));
    answers.put(
        "jambonz",
        platform.post(
            asked + "jambonz",
            "application/json",
            MAPPER.writeValueAsString(
                Map.of(
                    "to",
                    to,
                    "from",
                    from,
                    "sip",
                    Map.of("headers", Map.of("to", "<sip:" + to + "@" + called + ">"))))));
    List<Answered> read = new ArrayList<>();
    answers.forEach(
        (adapter, answer) -> {
          assertThat(answer.statusCode()).as(adapter).isEqualTo(200);
          read.add(new Answered(adapter, answer.body(), texts(adapter, answer.body())));
        });
    return read;
  }

  /** Reads an answer with a parser of its format, and returns the texts in it. */
  private static List<String> texts(String adapter, String body) {
    return switch (adapter) {
      case "freeswitch" -> {
        assertThat(body).doesNotContain("\n", "<?", "<include");
        yield xml(body);
      }
      case "twiml" -> xml(body);
      case "rtjson", "jambonz" -> strings(json(body));
      case "plain" -> {
        assertThat(body).matches("[^\\s|]+\\|[^\\s|]+\\|[A-Za-z0-9 ]+");
        yield List.of(body.split("\\|", -1)[1]);
      }
      default ->
          Arrays.stream(body.split("&", -1))
              .map(field -> field.split("=", -1)) // a raw sign would make a third part
              .peek(field -> assertThat(field.length).isIn(1, 2))
              .map(field -> field.length == 1 ? "" : UrlText.decode(field[1]))
              .toList();
    };
  }

  /** Values of attributes and texts of elements, in the order of the document. */
  private static List<String> xml(String body) {
    try {
      Element root =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(body)))
              .getDocumentElement();
      List<String> texts = new ArrayList<>();
      NodeList elements = root.getElementsByTagName("*");
      for (int i = 0; i < elements.getLength(); i++) {
        Node element = elements.item(i);
        for (int j = 0; j < element.getAttributes().getLength(); j++) {
          texts.add(element.getAttributes().item(j).getNodeValue());
        }
        if (!element.getTextContent().isEmpty()) {
          texts.add(element.getTextContent());
        }
      }
      return texts;
    } catch (Exception e) {
      return fail(body, e);
    }
  }

  private static List<String> strings(JsonNode node) {
    if (node.isString()) {
      return List.of(node.stringValue());
    }
    return node.values().stream().flatMap(child -> strings(child).stream()).toList();
  }

  private static JsonNode json(String body) {
    return MAPPER.readTree(body);
  }

  /** The texts of the rejection of a call that a platform must not be told how to route. */
  private static List<String> unavailable(String adapter) {
    return switch (adapter) {
      case "freeswitch" ->
          List.of("dialplan", "public", "voice-routing", "hangup", "SUBSCRIBER_ABSENT");
      case "rtjson" ->
          List.of("1.0", "serial", "reject", "configuration_invalid", "Temporarily Unavailable");
      case "plain" -> List.of("480");
      case "asterisk" -> List.of("Hangup", "20");
      case "twiml" -> List.of("busy");
      default -> List.of("sip:decline", "Temporarily Unavailable");
    };
  }

  /** The texts of the answer to a request that cannot be used. */
  private static List<String> unusable(String adapter) {
    return switch (adapter) {
      case "freeswitch" -> List.of("result", "not found");
      case "rtjson" -> List.of("1.0", "serial", "reject", "request_invalid", "Address Incomplete");
      case "plain" -> List.of("484");
      case "asterisk" -> List.of("");
      case "twiml" -> List.of();
      default -> List.of("sip:decline", "Address Incomplete");
    };
  }

  private static String field(String url, String name) {
    return UrlText.decode(url.replaceFirst(".*[?&]" + name + "=", "").replaceFirst("&.*", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String ringGroup(String id) {
    return "\"configuration\":{\"ring_group_id\":" + MAPPER.writeValueAsString(id) + "}";
  }

  private static String organizationBody(@Nullable String sipDomain) {
    return "{\"name\":\"Test\",\"timezone\":\"UTC\",\"sip_domain\":"
        + (sipDomain == null ? "null" : "\"" + sipDomain + "\"")
        + "}";
  }

  private void extension(String number, String name, String members) {
    created(
        "/api/v1/" + organization + "/extensions",
        "{\"extension_number\":\""
            + number
            + "\",\"display_name\":"
            + MAPPER.writeValueAsString(name)
            + ","
            + members
            + "}");
  }

  private long created(String path, String body) {
    Calls.Answer created = admin.send(HttpMethod.POST, body, path);
    assertThat(created.status().value()).as("%s", created.body()).isEqualTo(201);
    return created.body().get("id").longValue();
  }
}
