package io.voicerouting.phonenumber;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The admin API of phone numbers. */
@IntegrationTest
class PhoneNumberApiTest {

  private static final String PATH = "/api/v1/organizations/{org}/phone-numbers";
  private static final String ONE = PATH + "/{id}";

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;

  /** Digits that no other test uses. */
  private final String digits =
      "888" + ThreadLocalRandom.current().nextLong(100_000_000, 1_000_000_000);

  private Calls admin;
  private long org;

  @BeforeEach
  void createOrganization() {
    admin = new Calls(client, TestTokens.ADMIN);
    org = organization();
  }

  @Test
  void createsReadsReplacesAndDeletes() {
    String body =
        """
        {"number":"+%s","name":"Hotline","hours":"own","business_hours_schedule_id":%d,
         "open_action":{"type":"ring_group","target":"sales"},
         "caller_rules":[{"match":"prefix","value":"+49","action":{"type":"extension","target":"1001"}},
           {"match":"exact","value":"+49 (0)171 1234567","action":{"type":"voicemail","target":"vip"}},
           {"match":"anonymous","action":{"type":"voicemail","target":"spam"}}]}"""
            .formatted(digits, schedule("number"));

    Answer created = admin.send(HttpMethod.POST, body, PATH, org);

    assertThat(created.status().value()).isEqualTo(201);
    long id = created.body().at("/id").longValue();
    assertThat(created.headers().getFirst("Location"))
        .isEqualTo("/api/v1/organizations/" + org + "/phone-numbers/" + id);
    assertThat(created.body().at("/number").stringValue()).isEqualTo("+" + digits);
    assertThat(created.body().at("/match").stringValue()).isEqualTo("exact");
    assertThat(created.body().at("/status").stringValue()).isEqualTo("active");
    assertThat(created.body().at("/closed_action").isNull()).isTrue();
    assertThat(created.body().at("/caller_rules/1/value").stringValue()).isEqualTo("+491711234567");
    assertThat(created.body().at("/caller_rules/2/value").isNull()).isTrue();
    Answer read = admin.get(ONE, org, id);
    assertThat(read.body()).isEqualTo(created.body());
    assertThat(read.headers().getETag()).isEqualTo(created.headers().getETag());

    Answer putBack = admin.send(HttpMethod.PUT, read.body().toString(), ONE, org, id);
    assertThat(putBack.body()).isEqualTo(read.body());
    Answer replaced = admin.send(HttpMethod.PUT, "{\"number\":\"+" + digits + "1\"}", ONE, org, id);
    assertThat(replaced.status().value()).isEqualTo(200);
    assertThat(replaced.body().at("/version").intValue()).isEqualTo(1);
    assertThat(replaced.body().at("/hours").stringValue()).isEqualTo("organization");
    assertThat(replaced.body().at("/caller_rules").size()).isZero();
    assertThat(admin.delete(ONE, organization(), id).status().value()).isEqualTo(404);
    assertThat(admin.delete(ONE, org, id).status().value()).isEqualTo(204);
    assertThat(admin.get(ONE, org, id).body().at("/type").stringValue())
        .isEqualTo("/problems/phone-number-not-found");
  }

  @Test
  void numberIsUniqueInTheWholeService() {
    create("{\"number\":\"+" + digits + "\"}");

    Answer refused =
        admin.send(HttpMethod.POST, "{\"number\":\"+" + digits + "\"}", PATH, organization());

    assertThat(refused.status().value()).isEqualTo(409);
    assertThat(refused.body().at("/type").stringValue()).isEqualTo("/problems/phone-number-taken");
    assertThat(refused.body().at("/detail").stringValue())
        .isEqualTo("The number +" + digits + " is taken.");
    create("{\"number\":\"+" + digits + "\",\"match\":\"prefix\"}"); // begins a block, too
  }

  @Test
  void matchingEntityTagIsRequiredIfGiven() {
    long id = create("{\"number\":\"+" + digits + "\"}");
    jdbc.sql("update phone_numbers set name = 'Elsewhere' where id = ?").param(id).update();

    int status =
        client
            .delete()
            .uri(ONE, org, id)
            .header("Authorization", "Bearer " + TestTokens.ADMIN)
            .header("If-Match", "\"other\"")
            .exchange()
            .returnResult(Void.class)
            .getStatus()
            .value();

    assertThat(status).isEqualTo(412);
  }

  @Test
  void patchChangesSingleMembers() {
    long id =
        create(
            "{\"number\":\"+"
                + digits
                + "\",\"name\":\"A\",\"status\":\"inactive\","
                + "\"open_action\":{\"type\":\"ring_group\",\"target\":\"sales\"}}");

    Answer patched =
        admin.patch("{\"name\":null,\"open_action\":{\"target\":\"support\"}}", item(id), Map.of());

    assertThat(patched.status().value()).as(patched.body().toString()).isEqualTo(200);
    assertThat(patched.body().at("/name").isNull()).isTrue();
    assertThat(patched.body().at("/status").stringValue()).isEqualTo("inactive");
    assertThat(patched.body().at("/open_action/type").stringValue()).isEqualTo("ring_group");
    assertThat(patched.body().at("/open_action/target").stringValue()).isEqualTo("support");
    assertThat(
            admin
                .patch("{\"number\":\"x\"}", item(id), Map.of())
                .body()
                .at("/errors/0/field")
                .stringValue())
        .isEqualTo("number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+15550100 | exact | +15550100",
        "+1 (212) 555-0142 | exact | +12125550142",
        "+4940 66969 | prefix | +494066969",
      })
  void numberMayBeWrittenInAnyForm(String written, String match, String stored) {
    jdbc.sql("delete from phone_numbers where number = ?").param(stored).update();

    long id = create("{\"number\":\"" + written + "\",\"match\":\"" + match + "\"}");

    assertThat(admin.get(ONE, org, id).body().at("/number").stringValue()).isEqualTo(stored);
    admin.delete(ONE, org, id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | number",
        "{'number':''} | number",
        "{'number':'sales'} | number",
        "{'number':'1001'} | number",
        "{'number':'040 66969112'} | number",
        "{'number':'+1'} | number",
        "{'number':'+1234567890123456'} | number",
        "{'number':'+494066969112 ext. 5'} | number",
        "{'number':15550100} | number",
        "{'number':'+12','match':'prefix'} | number",
        "{'number':'+1234','match':'regex'} | match",
        "{'number':'+1234','hours':'own'} | business_hours_schedule_id",
        "{'number':'+1234','business_hours_schedule_id':0} | business_hours_schedule_id",
        "{'number':'+1234','hours':'own','business_hours_schedule_id':9223372036854775807} |"
            + " business_hours_schedule_id",
        "{'number':'+1234','hours':'ignore'} | open_action",
        "{'number':'+1234','open_action':{'type':'extension','target':'x'}} | open_action.target",
        "{'number':'+1234','closed_action':{'target':'x'}} | closed_action.type",
        "{'number':'+1234','closed_action':{'type':'voicemail'}} | closed_action.target",
        "{'number':'+1234','name':''} | name",
        "{'number':'+1234','status':'off'} | status",
        "{'number':'+1234','x':1} | x",
        "{'number':'+1234','caller_rules':[{'match':'exact','action':{'type':'voicemail','target':'x'}}]}"
            + " | caller_rules[0].value",
        "{'number':'+1234','caller_rules':[{'match':'anonymous','value':'+1','action':{'type':'voicemail','target':'x'}}]}"
            + " | caller_rules[0].value",
        "{'number':'+1234','caller_rules':[{'match':'prefix','value':'abc','action':{'type':'voicemail','target':'x'}}]}"
            + " | caller_rules[0].value",
        "{'number':'+1234','caller_rules':[{'match':'anonymous'}]} | caller_rules[0].action",
        "{'number':'+1234','caller_rules':[{'action':{'type':'voicemail','target':'x'}}]} |"
            + " caller_rules[0].match",
        "{'number':'+1234','caller_rules':[null]} | caller_rules[0]",
        "{'number':'+1234','caller_rules':[{'match':'anonymous','action':{'type':'voicemail','target':'x'}},{'match':'anonymous','action':{'type':'voicemail','target':'y'}}]}"
            + " | caller_rules[1]",
      })
  void invalidBodiesAreRejected(String body, String field) {
    Answer refused = admin.send(HttpMethod.POST, body.replace('\'', '"'), PATH, org);

    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.body().at("/errors").findValuesAsString("field")).containsExactly(field);
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    String rules =
        String.join(
            ",",
            Collections.nCopies(
                51,
                "{\"match\":\"anonymous\",\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}}"));
    Answer refused =
        admin.send(
            HttpMethod.POST,
            """
            {"number":"x","match":"y","name":" ","hours":"ignore","closed_action":{"type":"external","target":"5"},
             "caller_rules":[%s]}"""
                .formatted(rules),
            PATH,
            org);

    assertThat(refused.body().at("/errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder(
            "number", "match", "name", "open_action", "closed_action.target", "caller_rules");
  }

  @Test
  void ownScheduleMustBeForNumbersOfTheOrganization() {
    long own = schedule("number");
    long ofOrganization = schedule("organization");
    org = organization();
    long other = own;
    for (long id : List.of(other, ofOrganization)) {
      Answer refused =
          admin.send(
              HttpMethod.POST,
              "{\"number\":\"+"
                  + digits
                  + "\",\"hours\":\"own\",\"business_hours_schedule_id\":"
                  + id
                  + "}",
              PATH,
              org);
      assertThat(refused.body().at("/errors/0/message").stringValue())
          .isEqualTo(
              "'"
                  + id
                  + "' (expected: id of a schedule of this organization whose scope is number)");
    }
  }

  @Test
  void organizationMayHaveManyActiveSchedulesForNumbers() {
    schedule("organization");
    schedule("number");
    long id = schedule("number");

    assertThat(
            admin
                .get("/api/v1/organizations/{org}/business-hours?scope=number&status=active", org)
                .body()
                .at("/total")
                .asInt())
        .isEqualTo(2);
    Answer read = admin.get("/api/v1/organizations/{org}/business-hours/{id}", org, id);
    assertThat(read.body().at("/scope").stringValue()).isEqualTo("number");
    long inactive = schedule("number");
    admin.patch(
        "{\"status\":\"inactive\"}",
        "/api/v1/organizations/" + org + "/business-hours/" + inactive,
        Map.of());
    Answer activated =
        admin.send(
            HttpMethod.POST,
            "",
            "/api/v1/organizations/{org}/business-hours/{id}/activate",
            org,
            inactive);
    assertThat(activated.body().at("/status").stringValue()).isEqualTo("active");
    assertThat(
            admin
                .get("/api/v1/organizations/{org}/business-hours?status=active", org)
                .body()
                .at("/total")
                .asInt())
        .isEqualTo(4);
    Answer second =
        admin.send(
            HttpMethod.PUT,
            read.body().toString().replace("\"scope\":\"number\"", "\"scope\":\"organization\""),
            "/api/v1/organizations/{org}/business-hours/{id}",
            org,
            id);
    assertThat(second.body().at("/type").stringValue())
        .isEqualTo("/problems/active-schedule-exists");
  }

  @Test
  void listsPagesAndFilters() {
    create("{\"number\":\"+" + digits + "1\",\"name\":\"First\"}");
    create("{\"number\":\"+" + digits + "2\",\"status\":\"inactive\"}");
    create("{\"number\":\"+" + digits + "\",\"match\":\"prefix\"}");

    assertTotal("?q=" + digits, 3);
    assertTotal("?q=first", 1);
    assertTotal("?status=inactive", 1);
    assertTotal("?match=prefix", 1);
    assertTotal("?match=exact&status=active", 1);
    Answer sorted = admin.get(PATH + "?sort=number", org);
    assertThat(sorted.body().at("/items/0/match").stringValue()).isEqualTo("prefix");
    Answer page = admin.get(PATH + "?page=1&size=2", org);
    assertThat(page.body().at("/items").size()).isEqualTo(1);
    assertThat(admin.get(PATH + "?match=x&status=y", org).body().at("/errors").size()).isEqualTo(2);
    assertThat(admin.get(PATH, 9_000_000_000L).status().value()).isEqualTo(404);
  }

  @Test
  void sipDomainIsUnique() {
    String domain = "d" + digits + ".example";
    String body = "{\"name\":\"Test\",\"timezone\":\"UTC\",\"sip_domain\":\"%s\"}";

    Answer changed =
        admin.send(
            HttpMethod.PUT,
            body.formatted(domain.toUpperCase(Locale.ROOT)),
            "/api/v1/organizations/{org}",
            org);
    assertThat(changed.body().at("/sip_domain").stringValue()).isEqualTo(domain);
    Answer taken = admin.send(HttpMethod.POST, body.formatted(domain), "/api/v1/organizations");
    assertThat(taken.status().value()).isEqualTo(409);
    assertThat(taken.body().at("/type").stringValue()).isEqualTo("/problems/sip-domain-taken");
    Answer invalid = admin.send(HttpMethod.POST, body.formatted("a..b"), "/api/v1/organizations");
    assertThat(invalid.body().at("/errors/0/field").stringValue()).isEqualTo("sip_domain");
  }

  private String item(long id) {
    return "/api/v1/organizations/" + org + "/phone-numbers/" + id;
  }

  private void assertTotal(String query, int total) {
    assertThat(admin.get(PATH + query, org).body().at("/total").asInt()).isEqualTo(total);
  }

  private long create(String body) {
    Answer created = admin.send(HttpMethod.POST, body, PATH, org);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created.body().at("/id").longValue();
  }

  private long schedule(String scope) {
    return admin
        .send(
            HttpMethod.POST,
            """
            {"name":"Hours","scope":"%s","open_hours_action":{"type":"extension","target":"1001"},
             "closed_hours_action":{"type":"voicemail","target":"main"},"schedule":{}}"""
                .formatted(scope),
            "/api/v1/organizations/{org}/business-hours",
            org)
        .body()
        .at("/id")
        .longValue();
  }

  private long organization() {
    return admin
        .send(HttpMethod.POST, "{\"name\":\"Test\",\"timezone\":\"UTC\"}", "/api/v1/organizations")
        .body()
        .at("/id")
        .longValue();
  }
}
