package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.RelayPasses;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.springframework.http.HttpMethod;

/**
 * The console in a real browser. Skipped where none is installed, unless {@code
 * -Dconsole.browser=required}. {@code -Dconsole.screenshots=docs/console} takes pictures of every
 * page.
 */
class ConsoleBrowserTest extends AbstractConsoleTest {

  private static final String NUMBER = "+12125550142";
  private static final String CHRISTMAS =
      "#/why?to=%2B12125550142&direction=inbound&local=2026-12-25T10:00";

  /** What would run, turn around or break out if the console did not take text for text. */
  private static final String IMAGE = "<img src=x onerror=alert(1)>";

  private static final String SCRIPT = "\"><script>alert(2)</script>";
  private static final String BACKWARDS = "\u202eevil\u202c \u200fabc \u202ecut";
  private static final String WIDE = "\u6f22".repeat(255);

  private long org;
  private long hostile;

  @BeforeAll
  void createOrganizations() {
    org = organization("Acme Telecom");
    created(within(org, "business-hours"), officeHours("Office hours", "acme-main"));
    created(
        within(org, "extensions"),
        "{\"extension_number\":\"1001\",\"type\":\"user\",\"display_name\":\"Alice"
            + " Johnson\",\"voicemail_enabled\":true}");
    created(
        within(org, "extensions"),
        "{\"extension_number\":\"1002\",\"type\":\"user\",\"display_name\":\"Bob\"}");
    created(
        within(org, "phone-numbers"),
        "{\"number\":\"%s\",\"name\":\"Head office\"}".formatted(NUMBER));
    createHostile();
    RelayPasses.settle(meters);
  }

  private void createHostile() {
    hostile = organization(IMAGE);
    created(within(hostile, "business-hours"), officeHours(SCRIPT, IMAGE));
    for (Map.Entry<String, String> name :
        Map.of("1", IMAGE, "2", SCRIPT, "3", BACKWARDS, "4", WIDE).entrySet()) {
      created(
          within(hostile, "extensions"),
          """
          {"extension_number":"%s","type":"ring_group","display_name":%s,
           "configuration":{"ring_group_id":%s}}"""
              .formatted(
                  name.getKey(),
                  quoted(name.getValue()),
                  quoted(name.getValue().substring(0, Math.min(64, name.getValue().length())))));
    }
    created(
        within(hostile, "overrides"),
        """
        {"mode":"action","until":"cleared","note":%s,"action":{"type":"ring_group","target":%s}}"""
            .formatted(quoted(IMAGE), quoted(SCRIPT)));
  }

  @Test
  void explainsACallInWords() {
    open("#/why");
    browser.see("No call yet.");
    browser.fill("input[name=to]", NUMBER);
    browser.choose("select[name=when]", "schedule");
    browser.fill("input[name=time]", "2026-12-25T10:00");
    browser.press("Explain");

    browser.see(
        "The call to +12125550142 on Fri 25 Dec 2026, 10:00 (New York) goes to voicemail acme-main"
            + " because the hours are closed: exception “Christmas Day” closes Fri 25 Dec 2026.");
    browser.see("Fri 25 Dec 2026, 15:00 your time"); // the browser is in Lisbon
    browser.see("+12125550142 was dialled: “Head office” of Acme Telecom.");
    browser.see("the same decision");
    browser.see("This rule decided.");
    assertThat(browser.hash()).isEqualTo(CHRISTMAS.replace("10:00", "10%3A00"));
    assertThat(browser.has(".segment.deciding.exception")).isTrue();
    browser.press("The week as a list");
    browser.see("closed (decided)");
    browser.press("The same with curl");
    browser.see("Bearer $OPS_TOKEN");
    assertThat(browser.script("return document.documentElement.outerHTML"))
        .doesNotContain(TestTokens.OPS);
    browser.press("Copy link");
    browser.see("Copied.");
    browser.script("document.querySelectorAll('.document').forEach(each => each.open = true)");
    browser.see("voice-routing; ");
    browser.assertAccessible("an answer with everything open");
  }

  @Test
  void holidaysAreNamedSo() {
    long own = organization("Holidays");
    long schedule = created(within(own, "business-hours"), officeHours("Hours", "box"));
    jdbc.sql(
            "insert into business_hours_exceptions (business_hours_schedule_id, date, name, type, origin)"
                + " values (?, '2030-06-04', 'Founders', 'closed', 'imported')")
        .param(schedule)
        .update();
    RelayPasses.settle(meters);

    open("#/why?direction=inbound&org=" + own + "&local=2030-06-04T11:00");
    browser.see("because the hours are closed: holiday “Founders” closes Tue 4 Jun 2030.");
    browser.see("The hours of “Hours” are closed: holiday “Founders”");
    browser.go("#/week?org=" + own + "&from=2030-06-03");
    browser.click(".segment.exception");
    browser.see("Rule: holiday “Founders” closes Tue 4 Jun 2030.");
  }

  /** A name that turns its direction, even one that does not turn it back, turns nothing else. */
  @Test
  void namesAreIsolatedFromTheTextAroundThem() {
    open("#/why?direction=internal&to=3&org=" + hostile);
    browser.see("its type is ring group");

    String step =
        browser.script(
            "return [...document.querySelectorAll('.steps li')]"
                + ".find(each => each.textContent.startsWith('Extension 3')).firstChild.textContent");
    assertThat(step)
        .startsWith(
            "Extension 3 “\u2068evil \u200fabc cut\u2069” is active; its type is ring group.");
    assertThat(browser.textOf(".verdict")).startsWith("The call to 3 on").contains("rings group");
  }

  @Test
  void marksWhatDiffersFromTheDatabase() {
    ops.get("/api/v1/console/explanation?organization_id={org}&to=1002", org);
    jdbc.sql("alter table extensions disable trigger user").update();
    try {
      jdbc.sql(
              "update extensions set status = 'inactive' where organization_id = ? and extension_number = '1002'")
          .param(org)
          .update();
    } finally {
      jdbc.sql("alter table extensions enable trigger user").update();
    }

    open("#/why?org=" + org + "&to=1002&direction=internal");

    browser.see("another decision");
    browser.see("differs from the database");
    browser.see("The database has another decision");
    browser.see("The call is rejected (unavailable).");
    assertThat(browser.textOf("tr.differs")).contains("status").contains("inactive");
    browser.assertAccessible("a difference");
  }

  @Test
  void tellsWhatAnotherScheduleWouldDo() {
    open(CHRISTMAS);
    browser.press("What if the schedule were another one?");
    browser.script(
        "[...document.querySelectorAll('.dates label')].find(each => each.textContent.includes('Christmas Day')).querySelector('input').click()");
    browser.press("Decide with these hours");

    browser.see("With the edited schedule");
    browser.see("The call rings extension 1001 for 30 s.");
    browser.assertAccessible("what if");
    browser.fill(".ranges .day input:not([type])", "09:00-09:00");
    browser.press("Decide with these hours");
    browser.see("schedule.schedule.monday.time_ranges[0].end_time");
    browser.press("Edit as JSON instead");
    browser.fill("textarea", "{");
    browser.press("Decide with these hours");
    browser.see("This is not JSON");
    assertThat(admin.get(within(org, "business-hours")).body().at("/items/0/exceptions/1/name"))
        .hasToString("\"Christmas Day\"");
  }

  @Test
  void showsAWeekForMouseAndKeyboard() {
    open("#/week?org=" + org + "&from=2026-12-21");
    browser.see("Office hours of Acme Telecom");
    browser.script(
        "document.querySelector('.segment.own').dispatchEvent(new PointerEvent('pointerenter'))");
    browser.see("Calls: outside to +12125550199.");
    browser.script("document.querySelector('.segment[tabindex=\"0\"]').focus()");
    browser.type(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    browser.see("exception “Christmas Eve”");
    browser.type(Keys.ARROW_DOWN);
    browser.see("exception “Christmas Eve” of Thu 24 Dec 2026, 09:00–13:00");
    browser.press("← Week before");
    browser.see("Week from Mon 14 Dec 2026");
    browser.script(
        "document.querySelectorAll('.segment')[document.querySelectorAll('.segment').length - 3].dispatchEvent(new PointerEvent('pointerenter'))");
    browser.see("(after midnight)");
    browser.go("#/week?org=" + org + "&from=2026-10-26");
    browser.see("skipped or repeated hour");
    browser.press("The week as a list");
    browser.see("Sun 1 Nov 2026: 01:00–02:00 occurs twice (offset -04:00 to -05:00).");
    browser.assertAccessible("a week with a repeated hour");
    browser.go("#/week?org=" + org + "&from=2026-03-02");
    browser.see("Week from Mon 2 Mar 2026");
    assertThat(browser.has(".odd title")).isTrue();
    browser.press("The week as a list");
    browser.see("Sun 8 Mar 2026: 02:00–03:00 does not occur (offset -05:00 to -04:00).");
    long empty = organization("Without hours");
    browser.go("#/week?org=" + empty);
    browser.see("There are no hours to show.");
  }

  @Test
  void warmsOpensEvictsAndClears() {
    long own = organization("Entries");
    created(within(own, "business-hours"), officeHours("Hours", "box"));
    created(within(own, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    open("#/entries?org=" + own);
    browser.see("Nothing is cached.");
    browser.press("Warm");
    String warm = "Warm " + keysToWarm(own) + " keys";
    browser.see(warm + "?");
    browser.press("Cancel");
    assertThat(total(own)).isZero();
    browser.press("Warm");
    browser.press(warm);
    browser.see("routing:extension:" + own + ":1001");
    long cached = total(own);
    assertThat(browser.textOf("tbody tr")).containsPattern("\\d K?B .* s ago .* min");
    browser.press("routing:extension:" + own + ":1001");
    browser.see("same as the database");
    assertThat(browser.textOf(".facts")).containsPattern("(?s)Loaded, your time.* s ago");
    browser.press("Evict");
    browser.see("Evict 1 entry?");
    browser.press("Cancel");
    assertThat(total(own)).isEqualTo(cached);
    browser.press("Evict");
    browser.press("Evict 1 entry");
    browser.see("not cached");
    assertThat(total(own)).isEqualTo(cached - 1);
    browser.go("#/entries?org=" + own);
    browser.press("Clear");
    browser.see("Clear " + (cached - 1) + " ");
    browser.type(Keys.ESCAPE);
    browser.seeNo("are evicted, negative entries");
    assertThat(total(own)).isEqualTo(cached - 1);
    browser.press("Clear");
    browser.click("dialog[open] button.danger");
    browser.see("Clearing: "); // clearing takes 1.5 s
    browser.see("Nothing is cached.");
    assertThat(total(own)).isZero();
  }

  /** The request that warms is held back until the page has shown how far it is. */
  @Test
  void showsProgressWhileWarming() {
    long own = organization("Progress");
    created(within(own, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    open("#/entries?org=" + own);
    browser.script(
        """
        const original = window.fetch;
        window.fetch = async (...request) => {
          if (request[1].method === 'POST') await new Promise(release => window.release = release);
          return original(...request);
        };
        """);
    int keys = keysToWarm(own);
    browser.press("Warm");
    browser.press("Warm " + keys + " keys");
    browser.see("Warming: 0 of " + keys + " keys cached.");
    assertThat(browser.has("progress[max='" + keys + "']")).isTrue();
    browser.assertAccessible("progress");
    browser.script("window.release()");
    // There is no schedule.
    browser.see((keys - 1) + " of " + keys + " keys have a document, which is cached now.");
    browser.see("routing:extension:" + own + ":1001");
  }

  @Test
  void tellsWhoCreatedAnOverrideAndWhy() {
    long own = organization("Overridden");
    created(within(own, "business-hours"), officeHours("Hours", "box"));
    created(
        within(own, "overrides"),
        """
        {"mode":"closed","starts_at":"2030-06-03T14:00:00Z","until":"2030-06-03T16:00:00Z",
         "note":"Fire <b>drill</b>"}""");
    open("#/why?direction=inbound&org=" + own + "&local=2030-06-03T11:00");

    browser.see("because the hours are closed: override");
    browser.see("by settings:admin (“Fire <b>drill</b>”): closed.");
    browser.see("(closed) applies until Mon 3 Jun 2030, 12:00 (New York)");
    String row = browser.text();
    assertThat(row).containsPattern("Override \\d+ decides");
    assertThat(row).containsPattern("(?s)Created by\\s+settings:admin through the API");
    assertThat(row).containsPattern("(?s)Until\\s+Mon 3 Jun 2030, 12:00 New York.*17:00 your time");
    browser.go("#/week?org=" + own + "&from=2030-06-03");
    browser.see("Week from Mon 3 Jun 2030");
    browser.click(".segment.override");
    browser.see("(“Fire <b>drill</b>”): closed.");
    browser.see("Fire <b>drill</b>\nFrom");
    String pasted = browser.hash();
    assertThat(pasted).contains("at=2030-06-03T14");
    open(pasted);
    browser.see("Fire <b>drill</b>\nFrom");
    browser.assertAccessible("an override");
  }

  /** Answers of the service, every other one as if another instance had given it. */
  @Test
  void keepsFiguresOfInstancesApart() {
    jdbc.sql(
            "insert into routing_instance (id, host, tzdata) select gen_random_uuid(), 'routing-3',"
                + " tzdata from routing_instance limit 1")
        .update();
    try {
      browser.load("#/now");
      browser.script(
          """
          const original = window.fetch;
          let count = 0;
          window.fetch = async (...request) => {
            const response = await original(...request);
            if (!String(request[0]).endsWith('/console/activity') || count++ % 2) return response;
            const figures = await response.json();
            return Response.json({...figures, host: 'routing-2', started_at: '2026-01-01T00:00:00Z', near_hits: 7e9});
          };
          """);
      browser.enter(TestTokens.OPS);
      browser.see("routing-3");
      browser.see("has not answered this page yet");
      browser.press("routing-2");
      browser.see("instance routing-2, up ");
      assertThat(browser.hash()).startsWith("#/now?instance=routing-2");
      assertThat(browser.textOf("tr.current")).startsWith("routing-2");
      assertThat(browser.script("return document.querySelectorAll('tr.current').length"))
          .isEqualTo("1");
      browser.see("Lookups per second");
      browser.assertAccessible("instances");
      browser.resize(390);
      browser.assertAccessible("instances on a phone");
    } finally {
      jdbc.sql("delete from routing_instance where host = 'routing-3'").update();
    }
  }

  @Test
  void runsNothingButItsOwnFiles() {
    open("#/servers");
    browser.script(
        "const own = document.createElement('script'); own.textContent = 'window.ran = true';"
            + " document.body.append(own); return 0");
    browser.script("fetch('http://127.0.0.1:9/').catch(() => 0); return 0");
    browser.script(
        "document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/'})); return 0");

    assertThat(browser.script("return window.ran")).isEqualTo("null");
    List<String> reports = new ArrayList<>();
    await()
        .atMost(Browser.PATIENCE)
        .untilAsserted(
            () -> {
              reports.addAll(browser.takeReports());
              assertThat(reports)
                  .anyMatch(report -> report.startsWith("CSP script-src"))
                  .anyMatch(report -> report.startsWith("CSP connect-src"))
                  .anyMatch(report -> report.startsWith("CSP img-src"));
            });
  }

  @Test
  void evictsTheEntryItNamesWhicheverOrganizationIsChosen() {
    long chosen = organization("Chosen");
    long named = organization("Named");
    Calls platform = new Calls(client, TestTokens.PLATFORM);
    for (long each : new long[] {chosen, named}) {
      created(within(each, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
      platform.get("/api/v1/organizations/{org}/routing/extensions/1001", each);
    }
    long before = total(chosen);
    String key = "routing:extension:" + named + ":1001";

    open("#/entries?org=" + chosen + "&key=" + key);
    browser.see("same as the database");
    browser.press("Evict");
    browser.press("Evict 1 entry");
    browser.see("not cached");
    assertThat(total(chosen)).isEqualTo(before);

    open("#/evictions?org=" + chosen + "&key=" + key);
    browser.press("Show evictions");
    browser.see("Last evictions of");
  }

  @Test
  void tellsBySelectionWhatWasEvicted() {
    long own = organization("Evictions");
    created(within(own, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    created(
        within(own, "phone-numbers"),
        "{\"number\":\"+1317" + (1_000_000 + own) + "\",\"hours\":\"organization\"}");
    ops.send(
        HttpMethod.POST,
        "{\"type\":\"user\",\"organization_ids\":[" + own + "]}",
        "/actuator/routing-cache/evictions");

    open("#/evictions?org=" + own);

    browser.see("Selected: organization_ids=" + own + ", type=user.");
    browser.see("routing:phone_number:0:1317" + (1_000_000 + own));
  }

  /** The question "which statement evicted this key?", with text that must stay text. */
  @Test
  void tellsByWhichStatementAKeyWasEvicted() {
    long own = organization("Statements");
    created(within(own, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    String statement =
        "update extensions set display_name = '%s%s%s' where organization_id = %d"
            .formatted(IMAGE, SCRIPT, BACKWARDS, own);
    jdbc.sql(statement).update();
    RelayPasses.settle(meters);

    browser.resize(390);
    open("#/evictions?org=" + own + "&key=routing:extension:" + own + ":1001");
    browser.see("SQL statement on rows of table extensions (update) by application");

    assertThat(browser.script("return document.querySelector('main .statement').textContent"))
        .isEqualTo(statement); // a displayed text has no marks of direction
    assertThat(browser.has("main img, main script")).isFalse();
    browser.assertAccessible("evictions");
    browser.resize(1280);
  }

  @Test
  void showsWhatItRunsOn() {
    open("#/servers");
    browser.see("Answers come from the cache.");
    browser.see("Primary in use");
    browser.see("Instances that have reported within three minutes");
    browser.press(browser.textOf("main details summary"));
    browser.see("routing.cache.command-timeout");
  }

  @Test
  void saysWhenItIsNotLiveAndComesBack() {
    open("#/now");
    browser.see("live instance");
    for (int i = 0; i < 20; i++) {
      new Calls(client, TestTokens.PLATFORM).get(within(org, "routing/decision?to=1001"));
    }
    browser.see("≤ ");
    browser.setOffline(true);
    browser.see("not live");
    browser.see("The service cannot be reached.");
    browser.go("#/servers");
    browser.see("The service cannot be reached.");
    browser.setOffline(false);
    browser.press("Try again");
    browser.see("Answers come from the cache.");
    browser.go("#/now");
    browser.see("live instance");
    browser.seeNo("not live");
  }

  @Test
  void asksAgainForATokenThatIsNotAcceptedAnyMore() {
    Answer issued =
        admin.send(HttpMethod.POST, "{\"name\":\"Console\",\"role\":\"ops\"}", "/api/v1/tokens");
    browser.load("#/servers");
    browser.enter("wrong-token");
    browser.see("The token is wrong, expired or revoked.");
    browser.enter(TestTokens.PLATFORM);
    browser.see("not of the role ops");
    browser.enter(issued.body().path("token").asString());
    browser.see("Answers come from the cache.");
    admin.delete("/api/v1/tokens/{id}", issued.body().path("id").longValue());
    await()
        .atMost(Browser.PATIENCE)
        .until(
            () -> {
              browser.script("dispatchEvent(new HashChangeEvent('hashchange'))");
              return browser.text().contains("Enter the token");
            });
    browser.see("What the instance that answers runs on"); // below the dialog
    browser.enter(TestTokens.OPS);
    browser.see("Answers come from the cache.");
    assertThat(browser.storage().toString()).doesNotContain(TestTokens.OPS);
    browser.press("Forget token");
    browser.see("Enter the token");
  }

  /** The old token of a rotation expires. */
  @Test
  void saysThatATokenHasExpiredAndKeepsThePage() {
    Answer issued =
        admin.send(HttpMethod.POST, "{\"name\":\"Console\",\"role\":\"ops\"}", "/api/v1/tokens");
    browser.load("#/now");
    browser.enter(issued.body().path("token").asString());
    browser.see("live instance");
    String next = expire(issued);

    browser.see("Token not accepted");
    browser.see("The token is wrong, expired or revoked. Enter another one; the page is kept.");
    browser.see("not live"); // below the dialog
    browser.see("Lookups per second");
    browser.assertAccessible("an expired token");
    browser.enter(next);
    browser.see("live instance");
    browser.seeNo("not live");
  }

  @Test
  void keepsAnEditedScheduleWhileATokenExpires() {
    Answer issued =
        admin.send(HttpMethod.POST, "{\"name\":\"Console\",\"role\":\"ops\"}", "/api/v1/tokens");
    browser.load(CHRISTMAS);
    browser.enter(issued.body().path("token").asString());
    browser.press("What if the schedule were another one?");
    browser.script(
        "[...document.querySelectorAll('.dates label')].find(each => each.textContent.includes('Christmas Day')).querySelector('input').click()");
    String next = expire(issued);
    await()
        .atMost(Browser.PATIENCE)
        .until(
            () ->
                new Calls(client, issued.body().path("token").asString())
                        .get("/api/v1/console/activity")
                        .status()
                        .value()
                    == 401);

    browser.press("Decide with these hours");
    browser.see("Token not accepted");
    browser.enter(next);

    browser.see("The call rings extension 1001 for 30 s.");
  }

  /** Rotates a token, so that it expires in a second, and returns the next one. */
  private String expire(Answer issued) {
    return admin
        .send(
            HttpMethod.POST,
            "{\"overlap_seconds\":1}",
            "/api/v1/tokens/{id}/rotate",
            issued.body().path("id").longValue())
        .body()
        .path("token")
        .asString();
  }

  @Test
  void canBeUsedByKeyboardAlone() {
    browser.load("#/now");
    browser.find("dialog[open] input[type=password]");
    browser.type(TestTokens.OPS, Keys.ENTER);
    browser.see("live instance");
    browser.script("document.activeElement.blur(); window.getSelection().removeAllRanges()");
    browser.type("?");
    browser.see("Keyboard shortcuts");
    browser.assertAccessible("shortcuts");
    browser.type(Keys.ESCAPE);
    browser.seeNo("Keyboard shortcuts");
    browser.type("2");
    browser.see("No call yet.");
    browser.type("/", NUMBER, Keys.ENTER);
    browser.see("was dialled: “Head office”");
    tabTo("What if the schedule were another one?");
    browser.type(Keys.ENTER);
    browser.see("Weekly hours");
    browser.type(Keys.TAB);
    assertThat(browser.focused()).contains("Monday");
    browser.type(Keys.SPACE);
    assertThat(browser.script("return document.activeElement.checked")).isEqualTo("false");
    browser.script("document.activeElement.blur()");
    browser.type("t");
    assertThat(browser.script("return document.documentElement.dataset.theme")).isEqualTo("light");
    browser.type("t", "t");
    for (String page : new String[] {"1", "3", "4", "5", "6"}) {
      String title =
          browser.script(
              "return document.querySelectorAll('nav a')[arguments[0] - 1].textContent", page);
      browser.type(page);
      await()
          .untilAsserted(
              () -> {
                assertThat(browser.textOf("h1")).isEqualTo(title);
                assertThat(browser.textOf("nav a[aria-current]")).isEqualTo(title);
              });
    }
  }

  @Test
  void textFromOutsideStaysText() {
    browser.resize(390);
    open("#/servers");
    for (Map.Entry<String, String> page :
        Map.of(
                "why?direction=inbound&local=2026-12-22T10:00", SCRIPT,
                "why?direction=inbound&local=2026-12-22T11:00", "Why" + IMAGE,
                "week?from=2026-12-14", "Why" + IMAGE,
                "why?direction=internal&to=1", IMAGE,
                "why?direction=internal&to=2", SCRIPT,
                "why?direction=internal&to=3", "evil",
                "why?direction=internal&to=4", WIDE,
                "week?from=2026-12-21", IMAGE,
                "entries?key=routing:extension:ORG:2", SCRIPT,
                "evictions?key=routing:extension:ORG:2", "routing:extension:" + hostile + ":2")
            .entrySet()) {
      String hash = "#/" + page.getKey().replace("ORG", Long.toString(hostile));
      browser.go(hash + "&org=" + hostile);
      await(hash)
          .atMost(Browser.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(browser.script("return document.querySelector('main').textContent"))
                      .contains(page.getValue()));
      browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");
      browser.assertAccessible(hash);
      assertThat(browser.has("main img, main script, header img, header script")).isFalse();
    }
  }

  /** Names of schedules, their exceptions and notes of overrides, each with each hostile text. */
  @Test
  void textOfSchedulesAndOverridesStaysText() {
    open("#/servers");
    browser.resize(390);
    for (String text : List.of(IMAGE, SCRIPT, BACKWARDS, WIDE)) {
      long own = organization(text);
      created(
          within(own, "business-hours"),
          officeHours(text, "box").replace("\"Christmas Day\"", quoted(text)));
      created(
          within(own, "overrides"),
          "{\"mode\":\"closed\",\"until\":\"cleared\",\"note\":" + quoted(text) + "}");
      for (String page : List.of("why?direction=inbound&", "week?")) {
        browser.go("#/" + page + "org=" + own);
        browser.see("Created by");
        browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");
        browser.assertAccessible(page + text);
        assertThat(browser.has("main img, main script, header img, header script")).isFalse();
        assertThat(browser.script("return document.querySelector('main').textContent"))
            .contains(text.replaceAll("[\u202a-\u202e]", ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "why", "week", "entries", "evictions", "servers"})
  void everyPageIsAccessible(String page) {
    open(Objects.requireNonNull(pages().get(page)));
    browser.find("main h2");
    for (int width : new int[] {1280, 390}) {
      browser.resize(width);
      for (String colours : new String[] {"light", "dark"}) {
        browser.preferColours(colours);
        browser.assertAccessible(page + " " + width + " " + colours);
      }
    }
  }

  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("now", "#/now");
    pages.put("why", CHRISTMAS);
    pages.put("week", "#/week?org=" + org + "&from=2026-12-21");
    pages.put("entries", "#/entries?org=" + org + "&key=routing:extension:" + org + ":1001");
    pages.put("evictions", "#/evictions?org=" + org);
    pages.put("servers", "#/servers");
    return pages;
  }

  /** So that there is something to be drawn. */
  private void callForSomeSeconds() {
    Calls platform = new Calls(client, TestTokens.PLATFORM);
    long end = System.nanoTime() + Duration.ofSeconds(14).toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      platform.get(within(org, "routing/decision?direction=inbound&to=" + (1001 + i % 40)));
    }
  }

  /** Pictures for the documentation. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "console.screenshots", matches = ".+")
  void takesPictures() throws IOException {
    Path directory = Path.of(System.getProperty("console.screenshots"));
    ops.get("/api/v1/console/explanation?organization_id={org}&to=1001", org); // caches it
    jdbc.sql(
            "update extensions set display_name = 'Front desk'"
                + " where extension_number = '1002' and organization_id = "
                + org)
        .update(); // for page Evictions
    RelayPasses.settle(meters);
    open("#/now");
    for (Map.Entry<String, String> page : pages().entrySet()) {
      for (String kind : new String[] {"light", "phone-dark"}) {
        browser.resize(kind.equals("light") ? 1280 : 390);
        browser.preferColours(kind.equals("light") ? "light" : "dark");
        browser.go(page.getValue());
        browser.find("main h2");
        if (page.getKey().equals("now")) {
          callForSomeSeconds();
        }
        browser.assertAccessible(page.getKey());
        browser.screenshot(directory.resolve(page.getKey() + "-" + kind + ".png"));
      }
    }
  }
}
