package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Paths below the actuator's endpoint that do not exist. */
@IntegrationTest
class ActuatorPathHttpTest {

  @Autowired private RestTestClient client;

  @ParameterizedTest
  @CsvSource({
    "42/bogus, 404",
    "42/bogus/1001, 404",
    "42/business-hours/1001/more, 404",
    "42/extensions, 404",
    "42/extensions/1001/more, 404",
    "42/extensions/1001/more/and/more, 404",
    "abc/extensions/1001/more, 404",
    "42/bogus/abc, 404",
    "42/business-hours/abc, 400",
    "abc/bogus, 400",
    "42/extensions/abc, 400",
    "abc, 400",
    "0/extensions/1001, 400",
  })
  void unknownPathsAndSelectorsHaveAProblemDocument(String path, int status) {
    Calls ops = new Calls(client, TestTokens.OPS);

    Answer answer = ops.get(URI.create("/actuator/routing-cache/" + path));

    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.body().path("type").asString())
        .isEqualTo("/problems/" + (status == 404 ? "not-found" : "validation-failed"));
  }
}
