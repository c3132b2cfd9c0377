package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.IntegrationTest;
import java.net.http.HttpResponse;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What all platforms share, over HTTP with real servers. */
@IntegrationTest
class PlatformHttpTest {

  private static final String NOT_FOUND =
      "<document type=\"freeswitch/xml\"><section name=\"result\"><result status=\"not found\"/>"
          + "</section></document>";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private final String domain =
      "d" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) + ".example";
  private PlatformClient platform;
  private long org;

  @BeforeEach
  void createOrganization() {
    platform = new PlatformClient(port);
    org =
        jdbc.sql(
                "insert into organizations (name, timezone, sip_domain) values ('Test', 'UTC', ?)"
                    + " returning id")
            .param(domain)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into extensions (organization_id, extension_number, type) values (?, '1001', 'user')")
        .param(org)
        .update();
  }

  @Test
  void freeSwitchIsAnsweredWithADialplan() {
    HttpResponse<String> answer =
        platform.post(
            "organizations/" + org + "/routing/freeswitch",
            "hostname=fs1&section=dialplan&Caller-Context=public&Caller-Destination-Number=9999"
                + "&Hunt-Context=default&Hunt-Destination-Number=1001&variable_sip_h_X-Odd%zz=1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(PlatformClient.mediaType(answer)).isEqualTo("text/xml");
    assertThat(answer.body())
        .isEqualTo(
            "<document type=\"freeswitch/xml\"><section name=\"dialplan\"><context name=\"default\">"
                + "<extension name=\"voice-routing\"><condition>"
                + "<action application=\"set\" data=\"call_timeout=30\"/>"
                + "<action application=\"set\" data=\"hangup_after_bridge=true\"/>"
                + "<action application=\"bridge\" data=\"user/1001@${domain_name}\"/>"
                + "</condition></extension></context></section></document>");
    assertThat(answer.headers().firstValue("Cache-Status"))
        .hasValueSatisfying(status -> assertThat(status.split(", ")).hasSize(2));
  }

  @Test
  void rtjsonNamesTheOrganizationByItsDomain() {
    HttpResponse<String> answer =
        platform.get("routing/rtjson?direction=internal&to=sip:1001%40" + domain);

    assertThat(answer.body())
        .isEqualTo(
            "{\"version\":\"1.0\",\"routing\":\"serial\",\"routes\":[{\"uri\":\"sip:1001@"
                + domain
                + "\",\"fr_inv_timer\":30000}],\"outcome\":\"route\",\"reason\":\"extension_active\"}");
    assertThat(platform.get("routing/rtjson?to=sip:1001%40nobody.example").body())
        .isEqualTo(
            "{\"version\":\"1.0\",\"routing\":\"serial\",\"routes\":[],\"outcome\":\"reject\","
                + "\"reason\":\"organization_not_found\",\"sip_code\":404,\"sip_reason\":\"Not Found\"}");
  }

  @Test
  void errorsAreInThePlatformsTerms() {
    assertThat(platform.get("organizations/0/routing/freeswitch").body()).isEqualTo(NOT_FOUND);
    HttpResponse<String> unauthorized =
        platform.send(
            platform.request("routing/freeswitch").setHeader("Authorization", "Bearer x"));
    assertThat(unauthorized.statusCode()).isEqualTo(401);
    assertThat(unauthorized.body()).isEmpty();
  }
}
