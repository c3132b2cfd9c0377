package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pages that have something bad to tell: answers of the service, changed on their way. */
class ConsoleTroubleTest extends AbstractConsoleTest {

  /**
   * Loads a page whose answers with an address that contains a text are changed by an expression.
   */
  private void openChanged(String hash, String address, String expression) {
    browser.load(hash);
    browser.script(
        """
        const original = window.fetch;
        const change = answer => (%2$s);
        window.fetch = async (...request) => {
          const response = await original(...request);
          if (!String(request[0]).includes('%1$s')) return response;
          return Response.json(change(await response.json()), {status: response.status});
        };
        """
            .formatted(address, expression));
    browser.enter(TestTokens.OPS);
    browser.seeNo("Enter the token");
  }

  /** The names are those of Spring Boot's information about SSL; see TlsRenewalTest. */
  @Test
  void certificatesTellWhenTheyEnd() {
    Instant now = Instant.now();
    openChanged(
        "#/servers",
        "/actuator/info",
        """
        {...answer, ssl: {bundles: [{name: 'web', certificateChains: [{alias: 'a', certificates: [
          {subject: 'CN=over', validityEnds: '%s'}, {subject: 'CN=soon', validityEnds: '%s'},
          {subject: 'CN=late', validityEnds: '%s'}]}]}]}}"""
            .formatted(
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(3)).plusSeconds(60),
                now.plus(Duration.ofDays(90)).plusSeconds(60)));

    browser.see("CN=over");
    assertThat(mark("CN=over")).isEqualTo("bad expired");
    assertThat(mark("CN=soon")).startsWith("warn in 3 d");
    assertThat(mark("CN=late")).startsWith("good in 90 d");
    browser.assertAccessible("certificates");
  }

  /** Kind and text of the badge in the row, or beside the term, that has a text. */
  private String mark(String text) {
    return browser.script(
        """
        const badge = [...document.querySelectorAll('main tr, main .facts > div')]
          .find(each => each.textContent.includes(arguments[0])).querySelector('.badge');
        return badge.className.replace('badge ', '') + ' ' + badge.textContent""",
        text);
  }

  @Test
  void timeZoneRulesThatDifferAreListed() {
    openChanged(
        "#/servers",
        "/actuator/info",
        """
        {...answer, tzdata: {version: '2026x', differing_zones:
          [{zone: 'Europe/Berlin', at: '2026-03-29T01:00:00Z', here: '+02:00', there: '+01:00'}]}}""");

    browser.see("1 zone differs from PostgreSQL's");
    browser.see(
        "Europe/Berlin: offset +02:00 here, +01:00 there, at Sun 29 Mar 2026, 02:00 your time");
    assertThat(mark("Time zone rules")).startsWith("warn ");
    browser.see("others than here");
  }

  @Test
  void whatRedisLacksIsTold() {
    openChanged(
        "#/servers",
        "/actuator/health",
        """
        {...answer, components: {...answer.components, redis: {status: 'UP', details: {
          missing_guards: ['maxmemory-policy noeviction'], refusal: 'NOPERM no permissions',
          tracking_refusal: 'unknown command CLIENT'}}}}""");

    browser.see("If Redis removes entries on its own, more lookups miss.");
    browser.see("NOPERM no permissions");
    browser.see("unknown command CLIENT");
    assertThat(mark("Near cache")).isEqualTo("bad off");
    browser.assertAccessible("missing guards");
  }

  @Test
  void lostServersAreTold() {
    openChanged("#/servers", "/console/servers", "{...answer, postgresql: null, instances: []}");
    browser.see("No instance is listed.");
    assertThat(mark("down")).isEqualTo("bad down");
    openChanged(
        "#/servers",
        "/actuator/routing-cache",
        "{...answer, redis: {...answer.redis, state: 'unavailable', server: null}}");
    browser.see("Answers come from PostgreSQL.");
    browser.see("none connected");
  }

  /** As while an instance starts. */
  @Test
  void healthThatIsNotGoodIsShown() {
    browser.load("#/servers");
    browser.script(
        """
        const original = window.fetch;
        window.fetch = async (...request) => String(request[0]).includes('/actuator/health')
          ? Response.json({status: 'OUT_OF_SERVICE'}, {status: 503}) : original(...request);
        """);
    browser.enter(TestTokens.OPS);

    browser.see("Answers come from the cache.");
    assertThat(mark("down")).isEqualTo("bad down"); // PostgreSQL: nothing says that it is up
  }

  @Test
  void whatPostgresCouldNotBeAskedForIsNotCompared() {
    long org = organization("Without rows");
    created(within(org, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    ops.get("/api/v1/console/explanation?organization_id={org}&to=1001", org); // caches it
    openChanged(
        "#/why?direction=internal&org=" + org + "&to=1001",
        "/console/explanation",
        """
        {...answer, database: {decision: null, same: null, problem: 'PostgreSQL could not be asked'},
          lookups: answer.lookups.map(one => ({...one, database: null, same: null}))}""");
    browser.see("rings extension 1001");
    assertThat(mark("Compared with the database")).startsWith("warn PostgreSQL");
    browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");
    browser.see("extension_number");
    assertThat(browser.has("tr.differs")).isFalse();
    browser.seeNo("members that differ");

    for (String number : new String[] {"1001", "1002"}) {
      openChanged(
          "#/entries?key=routing:extension:" + org + ":" + number,
          "/console/entries",
          "{...answer, database: null, database_read: false, same: null}");
      browser.see("not compared: PostgreSQL could not be read");
      browser.seeNo("There is no such row");
      assertThat(browser.has("tr.differs")).isFalse();
    }
    browser.see("Nothing is known of its row.");
  }

  @Test
  void weekIsShownWithoutTheListsOfPostgres() {
    long org = organization("Without lists");
    created(within(org, "business-hours"), officeHours("Hours", "box"));
    browser.load("#/week?org=" + org);
    browser.script(
        """
        const original = window.fetch;
        window.fetch = async (...request) => /schedules|organizations\\?/.test(String(request[0]))
          ? Response.json({title: 'Unavailable', detail: 'PostgreSQL is down.'}, {status: 503})
          : original(...request);
        """);
    browser.enter(TestTokens.OPS);
    browser.see("Hours of Without lists");
    browser.see("PostgreSQL could not be read, so schedules are not listed.");
  }

  @Test
  void documentsMayDifferWithoutAnotherDecision() {
    long org = organization("Other name");
    created(within(org, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    openChanged(
        "#/why?direction=internal&org=" + org + "&to=1001",
        "/console/explanation",
        """
        {...answer, lookups: answer.lookups.map(one => one.resource === 'extension'
          ? {...one, database: {...one.database, display_name: 'New'}, same: false} : one)}""");

    browser.see("The database has other documents, but the same decision");
    browser.see("1 of 2 documents differ");
    browser.seeNo("By the database now");
  }

  @Test
  void ratesTellTheirTimeAndDoNotReachOverAGap() {
    openChanged("#/now", "/console/activity", "{...answer, at: window.later ?? answer.at}");
    browser.see("Rates are of the last ");
    browser.script(
        "window.later = new Date(Date.now() + 600_000).toISOString().replace('Z', '000Z'); return 0");

    browser.seeNo("Rates are of the last ");
  }

  @Test
  void addressOfAnInstanceThatIsGoneSaysSo() {
    open("#/now?instance=routing-9%202026-01-01T00:00:00Z");

    browser.see("routing-9 of this address has not answered, or was started again.");
    assertThat(browser.textOf(".live .badge")).isEqualTo("another instance");
  }

  @Test
  void requestsBeyondTheLastBucketAreNotDrawnAsATime() {
    openChanged(
        "#/now",
        "/console/activity",
        """
        {...answer, requests: answer.requests + 100 * (window.readings = (window.readings ?? 0) + 1)}""");

    browser.see("> 300 ms");
    assertThat(
            browser.script(
                "return document.querySelectorAll('.chart')[1].querySelector('[role=img]')"
                    + ".getAttribute('aria-label')"))
        .contains("99 % > 300 ms");
    browser.see("median > 300 ms");
  }
}
