package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.VoiceRoutingApplication;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.ServerProcess;
import io.voicerouting.testing.TcpProxy;
import io.voicerouting.testing.TestTimeouts;
import io.voicerouting.testing.TestTokens;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The console before two instances, one of which is a process that is killed and started again. The
 * proxy stands for a load balancer.
 */
@IntegrationTest
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConsoleInstancesTest {

  private static final String INSTANCES = "main td a[href*='instance=']";

  @Autowired private JdbcClient jdbc;
  @LocalServerPort private int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private TcpProxy balancer;
  private Browser browser;
  private int secondPort;
  private Process second;
  private List<UUID> before;

  @BeforeEach
  void start() throws IOException {
    balancer = TcpProxy.start(port);
    browser = Browser.start("http://localhost:" + balancer.port());
    secondPort = ServerProcess.freePort();
    before = listed();
    second = startSecond();
  }

  @AfterEach
  void stop() {
    if (second != null) {
      second.destroyForcibly();
    }
    if (browser != null) {
      browser.close();
    }
    balancer.close();
  }

  private List<UUID> listed() {
    return jdbc.sql("select id from routing_instance")
        .query((row, number) -> row.getObject(1, UUID.class))
        .list();
  }

  private Process startSecond() throws IOException {
    BackingServers servers = BackingServers.shared();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                VoiceRoutingApplication.class.getName()));
    command.addAll(
        List.of(
            TestTimeouts.with(
                "--server.port=" + secondPort,
                "--spring.datasource.url=" + servers.jdbcUrl(),
                "--spring.datasource.username=" + servers.databaseUsername(),
                "--spring.datasource.password=" + servers.databasePassword(),
                "--spring.data.redis.host=" + servers.redisHost(),
                "--spring.data.redis.port=" + servers.redisPort(),
                "--routing.security.platform-token=" + TestTokens.PLATFORM,
                "--routing.security.admin-token=" + TestTokens.ADMIN,
                "--routing.security.ops-token=" + TestTokens.OPS,
                "--routing.security.secret-keys=" + TestTokens.SECRET_KEYS)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File("target/second-instance.log"))
            .start();
    await().atMost(Patience.LIMIT.multipliedBy(2)).until(() -> answers(process));
    return process;
  }

  private boolean answers(Process process) throws InterruptedException {
    assertThat(process.isAlive()).as("target/second-instance.log").isTrue();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + secondPort + "/actuator/health/readiness"))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Later requests are answered by this instance. */
  private void balanceTo(int target) {
    balancer.redirect(target);
    balancer.cut();
  }

  private void awaitInstances(String selector, int count) {
    await(selector)
        .atMost(Browser.PATIENCE)
        .until(
            () ->
                browser.script(
                    "return String(document.querySelectorAll(arguments[0]).length)", selector),
            String.valueOf(count)::equals);
  }

  private int listedByServers() {
    browser.go("#/servers");
    browser.see("Instances that have reported within three minutes");
    return Integer.parseInt(
        browser.script(
            "return String([...document.querySelectorAll('main caption')]"
                + ".find(each => each.textContent.startsWith('Instances that have reported'))"
                + ".parentNode.querySelectorAll('tbody tr').length)"));
  }

  @Test
  void showsBothInstancesAndThatOneIsGoneAndComesBack() throws IOException, InterruptedException {
    browser.load("#/now");
    browser.enter(TestTokens.OPS);
    browser.see("live instance");
    awaitInstances(INSTANCES, 1);
    balanceTo(secondPort);
    awaitInstances(INSTANCES, 2);
    browser.seeNo("silent");
    int both = listedByServers();
    browser.go("#/now");
    awaitInstances(INSTANCES, 2);

    second.destroyForcibly().waitFor();
    browser.see("not live");
    browser.see("The service cannot be reached.");
    balanceTo(port); // as a balancer does when it notices
    browser.see("live instance");
    browser.script(
        "const now = Date.now; Date.now = () => now.call(Date) + 40_000"); // as if time passed
    browser.see("silent");
    awaitInstances(INSTANCES, 2);
    assertThat(browser.script("return document.querySelector('main tr .warn')?.textContent"))
        .isEqualTo("silent");
    browser.assertAccessible("an instance that is gone");
    jdbc.sql(
            "update routing_instance set seen_at = seen_at - interval '4 minutes'"
                + " where id <> all (?)")
        .param(before.toArray(new UUID[0]))
        .update();
    assertThat(listedByServers()).isEqualTo(both - 1);

    second = startSecond();
    balanceTo(secondPort);
    browser.go("#/now");
    awaitInstances(INSTANCES, 3); // the former one is remembered for minutes
    browser.see("live");
    assertThat(listedByServers()).isEqualTo(both);
    assertThat(browser.takeReports()).noneMatch(report -> report.startsWith("CSP "));
  }
}
