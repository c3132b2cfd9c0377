package io.voicerouting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The audit log over HTTP: what changes leave, and how it is read. */
@IntegrationTest
class AuditApiTest {

  private static final String AUDIT = "/api/v1/organizations/{org}/audit";

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private AuditPurge purge;

  private Calls admin;
  private Calls backOffice;
  private long org;
  private String organization;

  @BeforeEach
  void setUp() {
    admin = new Calls(client, TestTokens.ADMIN);
    org =
        created(
            admin.send(
                HttpMethod.POST,
                "{\"name\":\"Test\",\"timezone\":\"Europe/Berlin\"}",
                "/api/v1/organizations"));
    organization = "/api/v1/organizations/" + org;
    Answer issued =
        admin.send(
            HttpMethod.POST,
            "{\"name\":\"Back office\",\"role\":\"admin\",\"organization_id\":" + org + "}",
            "/api/v1/tokens");
    backOffice = new Calls(client, issued.body().get("token").stringValue());
  }

  @Test
  void everyChangeLeavesOneRowWithWhoAndWhat() {
    Answer extension =
        backOffice.send(
            HttpMethod.POST,
            "application/json",
            "{\"extension_number\":\"1001\",\"type\":\"user\",\"display_name\":\"Ada\"}",
            organization + "/extensions",
            Map.of("X-Request-Id", "request-1"));
    String path = organization + "/extensions/" + created(extension);
    backOffice.patch("{\"display_name\":\"Grace\"}", path, Map.of("X-Request-Id", "request-2"));
    backOffice.patch("{\"display_name\":\"Grace\"}", path, Map.of()); // changes nothing
    backOffice.delete(path);

    List<JsonNode> items = items("?resource=extension");

    assertThat(items)
        .extracting(item -> item.get("action").stringValue())
        .containsExactly("delete", "update", "create");
    JsonNode update = items.get(1);
    assertThat(update.get("changes"))
        .hasToString("{\"display_name\":{\"after\":\"Grace\",\"before\":\"Ada\"}}");
    assertThat(update.get("request_id").stringValue()).isEqualTo("request-2");
    for (JsonNode item : items) {
      assertThat(item.get("token_name").stringValue()).isEqualTo("Back office");
      assertThat(item.get("token_id").isNull()).isFalse();
      assertThat(item.get("source").stringValue()).isEqualTo("api");
      assertThat(item.get("resource_id")).isEqualTo(extension.body().get("id"));
      assertThat(item.get("organization_id").longValue()).isEqualTo(org);
      assertThat(item.get("database_user").isNull()).isTrue();
    }
    assertThat(items.get(2).at("/changes/extension_number/after").stringValue()).isEqualTo("1001");
    assertThat(items.get(0).at("/changes/extension_number/before").stringValue()).isEqualTo("1001");
  }

  @Test
  void changeThatIsRefusedLeavesNoRow() {
    String extension = "{\"extension_number\":\"1001\",\"type\":\"user\"}";
    created(backOffice.send(HttpMethod.POST, extension, organization + "/extensions"));

    Answer refused = backOffice.send(HttpMethod.POST, extension, organization + "/extensions");

    assertThat(refused.status()).isEqualTo(HttpStatus.CONFLICT);
    assertThat(items("?resource=extension")).hasSize(1);
  }

  @Test
  void scheduleIsOneRowWithTheElementsThatDiffer() {
    String schedule =
        """
        {"name":"Office","open_hours_action":{"type":"extension","target":"1001"},
         "closed_hours_action":{"type":"voicemail","target":"main"},
         "schedule":{"monday":{"enabled":true,"time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}},
         "exceptions":[{"date":"2026-12-25","name":"Christmas","type":"closed"}%s]}""";
    String path =
        organization
            + "/business-hours/"
            + created(
                backOffice.send(
                    HttpMethod.POST, schedule.formatted(""), organization + "/business-hours"));
    String another = ",{\"date\":\"2026-12-26\",\"name\":\"Boxing Day\",\"type\":\"closed\"}";
    backOffice.send(HttpMethod.PUT, schedule.formatted(another), path);

    List<JsonNode> items = items("?resource=business_hours");

    assertThat(items).hasSize(2);
    assertThat(items.getFirst().at("/changes/exceptions/before")).hasToString("[]");
    assertThat(items.getFirst().at("/changes/exceptions/after").size()).isOne();
    assertThat(items.getFirst().at("/changes/exceptions/after/0/name").stringValue())
        .isEqualTo("Boxing Day");
    assertThat(items.getFirst().at("/changes/schedule").isMissingNode()).isTrue();
  }

  @Test
  void activationRecordsBothSchedules() {
    String schedule =
        """
        {"name":"%s","status":"%s","open_hours_action":{"type":"extension","target":"1001"},
         "closed_hours_action":{"type":"voicemail","target":"main"},"schedule":{}}""";
    String schedules = organization + "/business-hours";
    long summer =
        created(
            backOffice.send(HttpMethod.POST, schedule.formatted("Summer", "active"), schedules));
    long winter =
        created(
            backOffice.send(HttpMethod.POST, schedule.formatted("Winter", "inactive"), schedules));

    Answer activated = backOffice.send(HttpMethod.POST, "", schedules + "/" + winter + "/activate");

    assertThat(activated.status()).isEqualTo(HttpStatus.OK);
    assertThat(items("?action=update"))
        .extracting(item -> item.get("resource_id").longValue() + " " + item.get("changes"))
        .containsExactlyInAnyOrder(
            winter + " {\"status\":{\"after\":\"active\",\"before\":\"inactive\"}}",
            summer + " {\"status\":{\"after\":\"inactive\",\"before\":\"active\"}}");
  }

  @Test
  void overridesAreRecordedWithWhoSetAndWhoClearedThem() {
    String overrides = organization + "/overrides";
    String closed = "{\"mode\":\"closed\",\"until\":\"cleared\",\"note\":\"Fire drill\"}";
    long created = created(backOffice.send(HttpMethod.POST, closed, overrides));
    admin.delete(overrides + "/" + created);
    admin.delete(overrides + "/" + created); // changes nothing
    String night = "{\"mode\":\"open\",\"until\":\"PT1H\"}";
    Answer on = backOffice.send(HttpMethod.POST, night, overrides + "/toggle");
    admin.send(HttpMethod.POST, night, overrides + "/toggle");

    List<JsonNode> items = items("?resource=override&sort=occurred_at");

    assertThat(items)
        .extracting(
            item ->
                item.get("resource_id")
                    + " "
                    + item.get("action").asString()
                    + " "
                    + item.get("token_name").asString()
                    + " "
                    + item.get("source").asString())
        .containsExactly(
            created + " create Back office api",
            created + " update settings:admin api",
            on.body().at("/override/id") + " create Back office api",
            on.body().at("/override/id") + " update settings:admin api");
    assertThat(items.get(0).at("/changes/note"))
        .hasToString("{\"after\":\"Fire drill\",\"before\":null}");
    assertThat(items.get(0).at("/changes/created_by/after").asString()).isEqualTo("Back office");
    assertThat(items.get(1).get("changes").propertyNames())
        .containsExactlyInAnyOrder("cleared_at", "cleared_by");
    assertThat(items.get(1).at("/changes/cleared_by"))
        .hasToString("{\"after\":\"settings:admin\",\"before\":null}");
    assertThat(items.get(2).at("/changes/created_via/after").asString()).isEqualTo("toggle");
    assertThat(items.get(3).at("/changes/cleared_by/after").asString()).isEqualTo("settings:admin");
  }

  @Test
  void holidayCalendarsAreRecordedWithWhoConfirmedThem() {
    String schedule =
        """
        {"name":"Office","open_hours_action":{"type":"extension","target":"1001"},
         "closed_hours_action":{"type":"voicemail","target":"main"},"schedule":{}}""";
    String calendars =
        organization
            + "/business-hours/"
            + created(backOffice.send(HttpMethod.POST, schedule, organization + "/business-hours"))
            + "/holiday-calendars";
    long id =
        created(
            backOffice.send(
                HttpMethod.POST,
                "{\"name\":\"Holidays\",\"source\":\"region\",\"country\":\"DE\"}",
                calendars));
    jdbc.sql(
            "update holiday_calendars set held_exceptions = '[]', held_since = now(),"
                + " held_lost_days = 7 where id = ?")
        .param(id)
        .update();
    admin.send(HttpMethod.POST, "", calendars + "/" + id + "/confirm");
    backOffice.delete(calendars + "/" + id);

    List<JsonNode> items = items("?resource=holiday_calendar&source=api&sort=occurred_at");

    assertThat(items)
        .extracting(item -> item.get("action").asString() + " " + item.get("token_name").asString())
        .containsExactly("create Back office", "update settings:admin", "delete Back office");
    assertThat(items).allMatch(item -> item.get("resource_id").longValue() == id);
    assertThat(items.get(0).at("/changes/country"))
        .hasToString("{\"after\":\"DE\",\"before\":null}");
    assertThat(items.get(1).get("changes").propertyNames())
        .containsExactlyInAnyOrder("held", "state");
    assertThat(items.get(1).at("/changes/state"))
        .hasToString("{\"after\":\"ok\",\"before\":\"held\"}");
    assertThat(items.get(1).at("/changes/held/before/lost_days").intValue()).isEqualTo(7);
    assertThat(items.get(2).at("/changes/name"))
        .hasToString("{\"after\":null,\"before\":\"Holidays\"}");
  }

  @Test
  void organizationAndTokensAreRecordedWithoutSecrets() {
    Answer issued =
        admin.send(
            HttpMethod.POST,
            "{\"name\":\"PBX\",\"role\":\"platform\",\"organization_id\":" + org + "}",
            "/api/v1/tokens");
    String token = "/api/v1/tokens/" + created(issued);
    admin.send(
        HttpMethod.PUT, "{\"signature_secret\":\"webhook-secret\"}", token + "/signature-secret");
    admin.delete(token);
    admin.delete(organization);

    List<JsonNode> items = items("?source=api");

    assertThat(items)
        .extracting(item -> item.get("resource").asString() + " " + item.get("action").asString())
        .containsExactly(
            "organization delete",
            "token update",
            "token update",
            "token create",
            "token create",
            "organization create");
    assertThat(items.toString())
        .doesNotContain(issued.body().get("token").stringValue(), "webhook-secret", "v1.");
    assertThat(items.get(2).get("changes"))
        .hasToString("{\"signature_secret_set\":{\"after\":true,\"before\":false}}");
    assertThat(items.getFirst().get("token_name").stringValue()).isEqualTo("settings:admin");
  }

  @Test
  void sqlIsRecordedWithApplicationAndLogin() {
    jdbc.sql(
            "insert into extensions (organization_id, extension_number, type) values (?, '1', 'user')")
        .param(org)
        .update();

    List<JsonNode> items = items("?source=sql&resource=extension");

    assertThat(items).hasSize(1);
    assertThat(items.getFirst().get("application_name").stringValue())
        .isEqualTo("voice-routing-cache");
    assertThat(items.getFirst().get("database_user").stringValue()).isEqualTo("voice_routing");
    assertThat(items.getFirst().get("token_name").isNull()).isTrue();
    assertThat(items.getFirst().at("/changes/extension_number/after").stringValue()).isEqualTo("1");
  }

  @Test
  void filtersAndPages() {
    for (int i = 1; i <= 3; i++) {
      backOffice.send(
          HttpMethod.POST,
          "{\"extension_number\":\"" + i + "\",\"type\":\"user\"}",
          organization + "/extensions");
    }

    Answer page = admin.get(AUDIT + "?size=2&resource=extension", org);
    assertThat(page.body().get("total").intValue()).isEqualTo(3);
    assertThat(page.body().get("items").size()).isEqualTo(2);
    assertThat(items("?token_name=Back office")).hasSize(3);
    assertThat(items("?token_name=Nobody")).isEmpty();
    assertThat(items("?action=delete")).isEmpty();
    assertThat(items("?resource_id=999999999")).isEmpty();
    assertThat(items("?request_id=" + "other")).isEmpty();
    assertThat(items("?since=" + Instant.now().plusSeconds(60))).isEmpty();
    assertThat(items("?until=" + Instant.now().plusSeconds(60) + "&resource=extension")).hasSize(3);
    assertThat(
            items("?resource=extension&sort=occurred_at")
                .getFirst()
                .at("/changes/extension_number/after")
                .asString())
        .isEqualTo("1");
    Answer all = admin.get("/api/v1/audit?resource=extension&size=1");
    assertThat(all.body().at("/items/0/organization_id").longValue()).isEqualTo(org);
    assertThat(admin.get(AUDIT, 4611686018427387904L).status()).isEqualTo(HttpStatus.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=yesterday",
        "action=change",
        "source=x",
        "resource_id=0",
        "sort=name",
        "resource="
      })
  void invalidFiltersAreRefused(String filter) {
    Answer refused = admin.get(AUDIT + "?" + filter, org);

    assertThat(refused.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(refused.body().get("type").stringValue()).isEqualTo("/problems/validation-failed");
  }

  @Test
  void oldRowsArePurgedInSteps() {
    jdbc.sql(
            "insert into audit_log (occurred_at, organization_id, resource, action, source)"
                + " select now() - interval '401 days', ?, 'extension', 'update', 'sql'"
                + " from generate_series(1, 2500)")
        .param(org)
        .update();

    assertThat(purge.step()).isEqualTo(AuditPurge.STEP);
    purge.run();

    assertThat(items("?resource=extension")).isEmpty();
    assertThat(items("?resource=organization")).hasSize(1);
  }

  private List<JsonNode> items(String filter) {
    Answer answer = admin.get(AUDIT + filter, org);
    assertThat(answer.status()).isEqualTo(HttpStatus.OK);
    return answer.body().get("items").valueStream().toList();
  }

  private static long created(Answer answer) {
    assertThat(answer.status()).isEqualTo(HttpStatus.CREATED);
    return answer.body().get("id").longValue();
  }
}
