package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Asks every route of the service, with tokens of one organization, for the data of another one.
 * The routes are those that are mapped, so a new one is asked, too.
 */
@IntegrationTest
class ConfinementHttpTest {

  private static final long NOBODY = 4611686018427387904L;

  /** In every text of the other organization. */
  private static final String MARK = "victim";

  private static final String NUMBER = "+17770001234";
  private static final String BLOCK = "+177700099";
  private static final String FREE_NUMBER = "+17770005678";

  /** Paths without data of organizations, that do not begin with /api or /actuator. */
  private static final Set<String> OPEN =
      Set.of(
          "/error",
          "/v3/api-docs",
          "/v3/api-docs.yaml",
          "/v3/api-docs/swagger-config",
          "/swagger-ui.html");

  /** Paths of the API without an organization in them that are not 404; each is tested below. */
  private static final Set<String> SHARED =
      Set.of("/api/v1/organizations", "/api/v1/routing/decision", "/api/v1/time-zones");

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private ApplicationContext context;
  @LocalServerPort private int port;

  private Calls admin;
  private Calls backOffice;
  private Calls platform;
  private String platformToken;
  private long own;
  private long other;
  private final Map<String, Long> ids = new HashMap<>();

  private record Route(HttpMethod method, String pattern) {}

  @BeforeEach
  void createBothOrganizations() {
    admin = new Calls(client, TestTokens.ADMIN);
    jdbc.sql("delete from phone_numbers where number in (?, ?)").params(NUMBER, BLOCK).update();
    jdbc.sql("update organizations set sip_domain = null where sip_domain = 'victim.example'")
        .update();
    own = created("/api/v1/organizations", "{\"name\":\"Own\",\"timezone\":\"Europe/Berlin\"}");
    other =
        created(
            "/api/v1/organizations",
            "{\"name\":\"victim\",\"timezone\":\"America/New_York\",\"sip_domain\":\"victim.example\"}");
    String organization = "/api/v1/organizations/" + other;
    String action = "{\"type\":\"ring_group\",\"target\":\"victim-group\"}";
    ids.put(
        "extensions",
        created(
            organization + "/extensions",
            "{\"extension_number\":\"7001\",\"type\":\"user\",\"display_name\":\"victim\"}"));
    ids.put(
        "business-hours",
        created(
            organization + "/business-hours",
            "{\"name\":\"victim\",\"open_hours_action\":%s,\"closed_hours_action\":%s,\"schedule\":{}}"
                .formatted(action, action)));
    ids.put(
        "phone-numbers", created(organization + "/phone-numbers", number(NUMBER, "exact", action)));
    created(organization + "/phone-numbers", number(BLOCK, "prefix", action));
    ids.put(
        "overrides",
        created(
            organization + "/overrides",
            "{\"mode\":\"closed\",\"until\":\"PT1H\",\"note\":\"victim\"}"));
    ids.put(
        "holiday-calendars",
        created(
            organization + "/business-hours/" + ids.get("business-hours") + "/holiday-calendars",
            "{\"name\":\"victim\",\"source\":\"region\",\"country\":\"US\"}"));
    ids.put("tokens", id(issue("platform", other, "victim")));
    backOffice = calls(issue("admin", own, "Own"));
    Answer issued = issue("platform", own, "Own");
    platformToken = issued.body().get("token").stringValue();
    platform = calls(issued);
  }

  private static String number(String number, String match, String action) {
    return "{\"number\":\"%s\",\"match\":\"%s\",\"name\":\"victim\",\"hours\":\"ignore\",\"open_action\":%s}"
        .formatted(number, match, action);
  }

  @Test
  void noRouteRevealsOrChangesAnythingOfAnotherOrganization() {
    String before = rows();
    List<Route> routes = routes();
    int compared = 0;
    for (Route route : routes) {
      for (Calls calls : List.of(backOffice, platform)) {
        if (route.pattern().contains("{org}")) {
          Answer answer = send(calls, route, other);
          assertThat(answer.status().value()).as("%s", route).isIn(403, 404);
          assertThat(content(answer, other))
              .as("%s", route)
              .isEqualTo(content(send(calls, route, NOBODY), NOBODY))
              .doesNotContain(MARK);
          compared++;
        } else if (!SHARED.contains(route.pattern())) {
          Answer answer = send(calls, route, other);
          assertThat(answer.status().value()).as("%s", route).isIn(403, 404);
        }
      }
    }

    assertThat(compared).isGreaterThanOrEqualTo(2 * 20);
    assertThat(rows()).isEqualTo(before);
  }

  /** In a path of the own organization, too. */
  @Test
  void idsOfAnotherOrganizationAreLikeThoseOfNobody() {
    Map<String, Long> nobody = new HashMap<>(ids);
    nobody.replaceAll((resource, id) -> NOBODY);
    String before = rows();
    int compared = 0;
    for (Route route : routes()) {
      if (route.pattern().matches("/api/v1/organizations/\\{org}/.*\\{(id|schedule)}.*")) {
        Answer answer = send(backOffice, route, own, ids);
        assertThat(answer.status().value()).as("%s", route).isIn(400, 404);
        assertThat(withoutIds(answer, ids))
            .as("%s", route)
            .isEqualTo(withoutIds(send(backOffice, route, own, nobody), nobody))
            .doesNotContain(MARK);
        compared++;
      }
    }

    assertThat(compared).isGreaterThanOrEqualTo(20);
    assertThat(rows()).isEqualTo(before);
  }

  private static String withoutIds(Answer answer, Map<String, Long> ids) {
    String text = answer.status() + " " + answer.body();
    for (long id : ids.values()) {
      text = text.replaceAll("([ /'])" + id + "\\b", "$1ID");
    }
    return text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "overrides | {'mode':'closed','until':'PT1H','scope':'number','phone_number_id':#phone-numbers#}",
        "overrides | {'mode':'closed','until':'PT1H','scope':'schedule','business_hours_schedule_id':#business-hours#}",
        "overrides/toggle | {'mode':'closed','until':'cleared','scope':'number','phone_number_id':#phone-numbers#}",
        "phone-numbers | {'number':'+17770009999','hours':'own','business_hours_schedule_id':#business-hours#}",
      })
  void idsOfAnotherOrganizationInBodiesAreTreatedAsUnknown(String resource, String body) {
    String json = body.replace('\'', '"').strip();
    String path = "/api/v1/organizations/" + own + "/" + resource.strip();
    String foreign = json;
    for (Map.Entry<String, Long> id : ids.entrySet()) {
      foreign = foreign.replace("#" + id.getKey() + "#", Long.toString(id.getValue()));
    }
    String before = rows();

    Answer answer = backOffice.send(HttpMethod.POST, foreign, path);

    assertThat(answer.status().value()).isEqualTo(400);
    Answer nobody = backOffice.send(HttpMethod.POST, json.replaceAll("#[^#]*#", "" + NOBODY), path);
    assertThat(withoutIds(answer, ids)).isEqualTo(withoutIds(nobody, Map.of("", NOBODY)));
    assertThat(rows()).isEqualTo(before);
  }

  /** A role has access to a path or not, whatever the organization; both roles see 404. */
  @Test
  void pathsOfARoleAreNotFound() {
    assertThat(backOffice.get("/api/v1/organizations/{org}", other).body().get("type").asString())
        .isEqualTo("/problems/organization-not-found");
    assertThat(
            platform
                .get("/api/v1/organizations/{org}/routing/decision?to=7001", other)
                .body()
                .get("type")
                .asString())
        .isEqualTo("/problems/organization-not-found");
    assertThat(backOffice.get("/api/v1/tokens").body().get("type").asString())
        .isEqualTo("/problems/not-found");
    assertThat(backOffice.get("/api/v1/organizations/{org}", own).status().value()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/organizations/0{org}",
        "/api/v1/organizations/+{org}",
        "/api/v1/organizations/{org};x=1",
        "/api/v1/organizations/{own};x=1/../{org}",
        "/api/v1//organizations/{org}",
        "/api/v1/organizations/{org}/",
        "/api/v1/organizations/{own}/../{org}",
        "/api/v1/organizations/{own}/..%2F{org}",
        "/api/v1/organizations/{own}%2F..%2F{org}",
        "/%61pi/v1/organizations/{org}",
        "/api/v1/organ%69zations/{org}",
        "/api/v1/organizations/{encoded}",
        "/api/v1/organizations/{encoded}/extensions",
        "/API/v1/organizations/{org}",
      })
  void otherSpellingsOfAPathTellNoMore(String path) {
    StringBuilder encoded = new StringBuilder();
    Long.toString(other)
        .chars()
        .forEach(digit -> encoded.append("%").append(Integer.toHexString(digit)));
    String spelt =
        path.replace("{org}", Long.toString(other))
            .replace("{own}", Long.toString(own))
            .replace("{encoded}", encoded);

    Answer answer = backOffice.get(URI.create("http://localhost:" + port + spelt));

    assertThat(answer.status().value()).isIn(400, 404);
    assertThat(answer.body().toString()).doesNotContain(MARK);
  }

  @Test
  void listOfOrganizationsShowsTheOwnOne() {
    Answer list = backOffice.get("/api/v1/organizations?q=victim");
    assertThat(list.body().get("total").intValue()).isZero();
    assertThat(backOffice.get("/api/v1/organizations").body().at("/items/0/id").longValue())
        .isEqualTo(own);
    assertThat(backOffice.get("/api/v1/organizations").body().get("total").intValue()).isOne();
  }

  @Test
  void organizationsAreNotCreatedChangedOrDeleted() {
    String body = "{\"name\":\"New\",\"timezone\":\"Europe/Berlin\"}";
    for (Answer refused :
        List.of(
            backOffice.send(HttpMethod.POST, body, "/api/v1/organizations"),
            backOffice.send(HttpMethod.PUT, body, "/api/v1/organizations/{org}", own),
            backOffice.delete("/api/v1/organizations/{org}", own))) {
      assertThat(refused.status().value()).isEqualTo(403);
    }
  }

  @Test
  void numbersOfAnotherOrganizationAreTreatedAsUnknown() {
    for (String path :
        List.of("/api/v1/routing/decision", "/api/v1/organizations/" + own + "/routing/decision")) {
      decision(path, FREE_NUMBER); // fills the cache
      for (String dialled : List.of(NUMBER, BLOCK + "1234")) {
        for (int i = 0; i < 3; i++) { // from the database, from Redis, from the near cache
          assertThat(decision(path, dialled)).isEqualTo(decision(path, FREE_NUMBER));
        }
      }
    }
    assertThat(
            new Calls(client, TestTokens.PLATFORM)
                .get("/api/v1/routing/decision?to={n}", NUMBER)
                .body()
                .get("organization_id")
                .longValue())
        .isEqualTo(other);
  }

  @Test
  void ownBlockDoesNotRouteANumberOfAnotherOrganization() {
    String block = "+177700012";
    jdbc.sql("delete from phone_numbers where number = ?").param(block).update();
    created(
        "/api/v1/organizations/" + own + "/phone-numbers",
        number(block, "prefix", "{\"type\":\"ring_group\",\"target\":\"mine\"}"));

    for (String path :
        List.of("/api/v1/routing/decision", "/api/v1/organizations/" + own + "/routing/decision")) {
      for (int i = 0; i < 3; i++) { // from the database, from Redis, from the near cache
        assertThat(platform.get(path + "?to={n}", block + "99").body().at("/reason").stringValue())
            .isEqualTo("open_hours_action");
        assertThat(platform.get(path + "?to={n}", NUMBER).body().at("/reason").stringValue())
            .isEqualTo("number_not_found");
      }
    }
  }

  @Test
  void ownNumbersAreRouted() {
    String mine = "+17770004321";
    jdbc.sql("delete from phone_numbers where number = ?").param(mine).update();
    created(
        "/api/v1/organizations/" + own + "/phone-numbers",
        number(mine, "exact", "{\"type\":\"ring_group\",\"target\":\"mine\"}"));

    JsonNode decision = platform.get("/api/v1/routing/decision?to={n}", mine).body();

    assertThat(decision.at("/action/ring_group_id").asString()).isEqualTo("mine");
    assertThat(decision.get("organization_id").longValue()).isEqualTo(own);
  }

  /** Adapters of platforms are no methods of controllers; the API document lists them. */
  @Test
  void platformsTellNothingOfAnotherOrganization() throws IOException, InterruptedException {
    List<String> adapters = adapters();
    assertThat(adapters).hasSizeGreaterThanOrEqualTo(8);
    for (String path : adapters) {
      for (String method : List.of("GET", "POST")) {
        String asked;
        String nobody;
        if (path.contains("{org}")) {
          asked = call(method, path.replace("{org}", Long.toString(other)), "7001");
          nobody = call(method, path.replace("{org}", Long.toString(NOBODY)), "7001");
        } else {
          call(method, path, FREE_NUMBER); // fills the cache
          nobody = call(method, path, FREE_NUMBER).replace(FREE_NUMBER, NUMBER);
          asked = call(method, path, NUMBER);
          call(method, path, "7001", "nobody.example"); // fills the cache
          assertThat(call(method, path, "7001", "victim.example"))
              .as("%s %s of a SIP domain", method, path)
              .isEqualTo(call(method, path, "7001", "nobody.example"));
        }
        assertThat(asked)
            .as("%s %s", method, path)
            .isEqualTo(nobody)
            .doesNotContain("victim-group");
      }
    }
  }

  private List<String> adapters() {
    Set<String> mapped = new TreeSet<>();
    routes().forEach(route -> mapped.add(route.pattern()));
    return new Calls(client, TestTokens.OPS)
        .get("/v3/api-docs").body().get("paths").propertyNames().stream()
            .filter(path -> path.contains("/routing/") && !mapped.contains(path))
            .toList();
  }

  /** Sends a call in the words of all platforms. */
  private String call(String method, String path, String dialled)
      throws IOException, InterruptedException {
    return call(method, path, dialled, "victim.example");
  }

  private String call(String method, String path, String dialled, String domain)
      throws IOException, InterruptedException {
    String number = dialled.replace("+", "%2B");
    String form =
        "section=dialplan&priority=1&context=public&at=2026-11-23T14:00:00Z&exten="
            + number
            + "&to="
            + number
            + "&Hunt-Destination-Number="
            + number
            + "&variable_domain_name="
            + domain
            + "&domain="
            + domain;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path + "?" + form))
            .header("Authorization", "Bearer " + platformToken)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      String status = answer.headers().firstValue("Cache-Status").orElse("");
      String lookups = status.replaceAll(", voice-routing;[^,]*", ", more");
      return answer.statusCode() + lookups + answer.body();
    }
  }

  @Test
  void everyKindOfRouteIsEnumerated() {
    Set<String> kinds = new TreeSet<>();
    Set<String> urls = new TreeSet<>();
    for (HandlerMapping mapping : context.getBeansOfType(HandlerMapping.class).values()) {
      kinds.add(mapping.getClass().getSimpleName().replaceAll("\\$.*", ""));
      if (mapping instanceof AbstractUrlHandlerMapping files) {
        urls.addAll(files.getHandlerMap().keySet());
      }
      if (mapping instanceof RouterFunctionMapping functions) {
        assertThat(functions.getRouterFunction()).isNull();
      }
    }

    assertThat(urls).noneMatch(url -> url.startsWith("/api") || url.startsWith("/actuator"));
    assertThat(kinds)
        .isSubsetOf(
            "RequestMappingHandlerMapping",
            "WebMvcEndpointHandlerMapping",
            "ControllerEndpointHandlerMapping",
            "AdditionalHealthEndpointPathsWebMvcHandlerMapping",
            "DirectRouteFailures", // failures of routes that are also mapped as methods
            "RouterFunctionMapping",
            "BeanNameUrlHandlerMapping",
            "SimpleUrlHandlerMapping",
            "WelcomePageHandlerMapping",
            "WelcomePageNotAcceptableHandlerMapping");
  }

  /** All methods of all controllers and endpoints. */
  private List<Route> routes() {
    Set<Route> routes = new LinkedHashSet<>();
    context
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(
            mapping ->
                mapping
                    .getHandlerMethods()
                    .keySet()
                    .forEach(
                        info -> {
                          Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                          for (String pattern : info.getPatternValues()) {
                            if (OPEN.contains(pattern) || pattern.startsWith("/actuator/health")) {
                              continue;
                            }
                            assertThat(pattern).matches("/(api|actuator)(/.*)?");
                            (methods.isEmpty() ? Set.of(RequestMethod.values()) : methods)
                                .forEach(
                                    method ->
                                        routes.add(new Route(method.asHttpMethod(), pattern)));
                          }
                        }));
    assertThat(routes).hasSizeGreaterThan(40);
    return new ArrayList<>(routes);
  }

  private Answer send(Calls calls, Route route, long organizationId) {
    return send(calls, route, organizationId, ids);
  }

  private static Answer send(Calls calls, Route route, long organizationId, Map<String, Long> ids) {
    String path = route.pattern().replace("{org}", Long.toString(organizationId));
    for (Map.Entry<String, Long> id : ids.entrySet()) {
      path = path.replace("/" + id.getKey() + "/{id}", "/" + id.getKey() + "/" + id.getValue());
    }
    path = path.replace("{schedule}", String.valueOf(ids.get("business-hours")));
    path = path.replace("{number}", "7001").replaceAll("\\{[^}]*}", "1").replace("/**", "");
    if (route.method().equals(HttpMethod.GET)) {
      return calls.get(path);
    }
    boolean patch = route.method().equals(HttpMethod.PATCH);
    return calls.send(
        route.method(),
        patch ? "application/merge-patch+json" : "application/json",
        "{\"name\":\"changed\",\"to\":\"7001\"}",
        path,
        Map.of());
  }

  /** The content of a response, without the requested id. */
  private static String content(Answer answer, long organizationId) {
    return (answer.status() + " " + answer.cacheStatus() + " " + answer.body())
        .replaceAll(
            "(organizations/|routing-cache/|organization )" + organizationId + "\\b", "$1ORG");
  }

  private String decision(String path, String dialled) {
    Answer answer = platform.get(path + "?at=2026-11-23T14:00:00Z&to={to}", dialled);
    assertThat(answer.body().get("reason").asString()).isEqualTo("number_not_found");
    // The document of all blocks may be evicted between two calls.
    String status = answer.cacheStatus().replaceAll(", voice-routing;[^,]*", ", blocks");
    return (status + answer.body()).replace(dialled, "NUMBER");
  }

  /**
   * A digest of all rows that requests may change, without the time of last use. Each instance
   * writes its row of routing_instance once a minute.
   */
  private String rows() {
    return String.join(
        " ",
        jdbc
            .sql(
                """
                select table_name from information_schema.tables
                where table_schema = current_schema() and table_type = 'BASE TABLE'
                  and table_name not like 'routing_cache_%'
                  and table_name not in ('flyway_schema_history', 'routing_instance')
                order by table_name
                """)
            .query(String.class)
            .list()
            .stream()
            .map(
                table ->
                    table
                        + jdbc.sql(
                                "select md5(coalesce(string_agg((to_jsonb(t) - 'last_used_at')::text,"
                                    + " '' order by to_jsonb(t)::text), '')) from "
                                    + table
                                    + " t")
                            .query(String.class)
                            .single())
            .toList());
  }

  private Answer issue(String role, long organizationId, String name) {
    return admin.send(
        HttpMethod.POST,
        "{\"name\":\"%s\",\"role\":\"%s\",\"organization_id\":%d}"
            .formatted(name, role, organizationId),
        "/api/v1/tokens");
  }

  private Calls calls(Answer issued) {
    return new Calls(client, issued.body().get("token").stringValue());
  }

  private long created(String path, String body) {
    return id(admin.send(HttpMethod.POST, body, path));
  }

  private static long id(Answer created) {
    assertThat(created.status().value()).as("%s", created.body()).isEqualTo(201);
    return created.body().get("id").longValue();
  }
}
