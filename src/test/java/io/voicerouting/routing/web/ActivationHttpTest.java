package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Switching the active schedule with one call. */
@IntegrationTest
class ActivationHttpTest {

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  private Calls admin;
  private Calls platform;
  private String organization;
  private String schedules;
  private Answer day;
  private Answer night;

  @BeforeEach
  void createSchedules() {
    admin = new Calls(client, TestTokens.ADMIN);
    platform = new Calls(client, TestTokens.PLATFORM);
    long id =
        jdbc.sql("insert into organizations (name, timezone) values ('T', 'UTC') returning id")
            .query(Long.class)
            .single();
    organization = "/api/v1/organizations/" + id;
    schedules = organization + "/business-hours";
    day = create("day", "active");
    night = create("night", "inactive");
  }

  @Test
  void switchesTheActiveSchedule() {
    assertThat(answeredBy()).isEqualTo("day");

    Answer activated = activate(night, Map.of());

    assertThat(activated.status().value()).as(activated.body().toString()).isEqualTo(200);
    assertThat(activated.body().path("status").asString()).isEqualTo("active");
    assertThat(answeredBy()).isEqualTo("night");
    Answer stored = admin.get(location(night));
    assertThat(activated.body()).isEqualTo(stored.body());
    assertThat(activated.headers().getETag()).isEqualTo(stored.headers().getETag());
    assertThat(admin.get(location(day)).body().path("status").asString()).isEqualTo("inactive");
  }

  @Test
  void activatesTheFirstSchedule() {
    admin.send(
        HttpMethod.PATCH,
        "application/merge-patch+json",
        "{\"status\":\"inactive\"}",
        location(day),
        Map.of());
    assertThat(answeredBy()).contains("business_hours:none");

    assertThat(activate(night, Map.of()).status().value()).isEqualTo(200);
    assertThat(answeredBy()).isEqualTo("night");
  }

  @Test
  void repeatedActivationChangesNothing() {
    Answer first = activate(night, Map.of());
    Answer second = activate(night, Map.of());

    assertThat(second.status().value()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().getETag()).isEqualTo(first.headers().getETag());
  }

  @Test
  void preconditionsAreHonoured() {
    String tag = String.valueOf(night.headers().getETag());

    assertThat(activate(night, Map.of("If-Match", "\"other\"")).status().value()).isEqualTo(412);
    assertThat(activate(night, Map.of("If-None-Match", "*")).status().value()).isEqualTo(412);
    assertThat(answeredBy()).isEqualTo("day");
    assertThat(activate(night, Map.of("If-Match", tag)).status().value()).isEqualTo(200);
    assertThat(activate(night, Map.of("If-Match", tag)).status().value()).isEqualTo(412);
  }

  @Test
  void otherSchedulesAreNotFound() {
    Answer other =
        admin.send(
            HttpMethod.POST, "{\"name\":\"O\",\"timezone\":\"UTC\"}", "/api/v1/organizations");
    String there = location(other) + "/business-hours/" + night.body().path("id").asString();

    assertThat(post(there + "/activate", Map.of()).status().value()).isEqualTo(404);
    assertThat(post(schedules + "/9223372036854775807/activate", Map.of()).status().value())
        .isEqualTo(404);
    assertThat(
            post("/api/v1/organizations/9223372036854775807/business-hours/1/activate", Map.of())
                .body()
                .path("type")
                .asString())
        .isEqualTo("/problems/organization-not-found");
    assertThat(post(schedules + "/0/activate", Map.of()).status().value()).isEqualTo(400);
    admin.delete(location(night));
    assertThat(activate(night, Map.of()).status().value()).isEqualTo(404);
    assertThat(admin.get(schedules + "/1/activate").status().value()).isEqualTo(405);
    assertThat(answeredBy()).isEqualTo("day");
  }

  /** Two writers switch back and forth while calls come in. */
  @Test
  void everyCallIsRoutedByOneOfTheSchedules() throws Exception {
    Answer third = create("third", "inactive");
    AtomicBoolean switching = new AtomicBoolean(true);
    Set<String> answers = ConcurrentHashMap.newKeySet();
    Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> calls =
          threads.submit(
              () -> {
                while (switching.get()) {
                  answers.add(answeredBy());
                }
              });
      List<Future<?>> writers = new ArrayList<>();
      for (List<Answer> order : List.of(List.of(day, night, third), List.of(third, night, day))) {
        writers.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 10; round++) {
                    for (Answer next : order) {
                      statuses.add(activate(next, Map.of()).status().value());
                    }
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      switching.set(false);
      calls.get();
    }
    assertThat(statuses).containsExactly(200);
    assertThat(answers).isSubsetOf("day", "night", "third").isNotEmpty();
  }

  private Answer create(String name, String status) {
    String body =
        """
        {"name":"%s","status":"%s",
         "open_hours_action":{"type":"ring_group","target":"%1$s"},
         "closed_hours_action":{"type":"ring_group","target":"%1$s"},"schedule":{}}"""
            .formatted(name, status);
    Answer created = admin.send(HttpMethod.POST, body, schedules);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created;
  }

  private Answer activate(Answer schedule, Map<String, String> headers) {
    return post(location(schedule) + "/activate", headers);
  }

  private Answer post(String uri, Map<String, String> headers) {
    return admin.send(HttpMethod.POST, "application/json", "", uri, headers);
  }

  /** The schedule that decides now; empty if there is none. */
  private String answeredBy() {
    Answer decision =
        platform.get(organization + "/routing/decision?direction=inbound&at=2026-11-26T12:00:00Z");
    return decision.body().at("/action/ring_group_id").asString(decision.body().toString());
  }

  private static String location(Answer created) {
    return String.valueOf(created.headers().getLocation());
  }
}
