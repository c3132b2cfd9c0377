package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.RelayPasses;
import io.voicerouting.testing.TestTokens;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.http.HttpMethod;

/**
 * Addresses that are passed on, and what every button, chooser and key of the console does. The
 * organization is chosen in a list or a field: there are more than 200 once other tests have run.
 */
class ConsoleControlsTest extends AbstractConsoleTest {

  private static final int PAGE = 50;

  private long org;

  @BeforeAll
  void createOrganization() {
    org = organization("Controls");
    created(within(org, "business-hours"), officeHours("Office hours", "box"));
    jdbc.sql(
            """
            insert into extensions (organization_id, extension_number, type)
            select ?, (1000 + each)::text, 'user' from generate_series(1, 60) each
            """)
        .param(org)
        .update();
    RelayPasses.settle(meters);
    ops.send(HttpMethod.POST, "", "/actuator/routing-cache/{org}", org);
  }

  /** What {@code navigator.clipboard} is asked to hold. */
  private String copied(String button) {
    browser.script(
        "Object.defineProperty(navigator, 'clipboard', {configurable: true,"
            + " value: {writeText: async text => { window.copied = text; }}})");
    browser.press(button);
    browser.see("Copied.");
    return browser.script("return window.copied");
  }

  @Test
  void linkOfACallNowLeadsToTheSameAnswerLater() {
    open("#/why?org=" + org + "&to=1001&direction=internal");
    browser.see("rings extension 1001");
    String verdict = browser.textOf(".verdict");

    String link = copied("Copy link");
    assertThat(link).containsPattern("&at=20\\d\\d-");
    browser.press("The same with curl");
    assertThat(copied("Copy")).containsPattern("curl -s .*[?&]at=20\\d\\d-.*");
    open(link.substring(link.indexOf('#')));
    browser.see("rings extension 1001");
    assertThat(browser.textOf(".verdict")).isEqualTo(verdict);
    assertThat(browser.script("return document.querySelector('select[name=when]').value"))
        .isEqualTo("utc");
    assertThat(browser.script("return document.querySelector('input[name=time]').value"))
        .isEqualTo(
            link.replaceAll(".*&at=", "").replace("%3A", ":").replaceAll("\\.\\d+|Z.*|:00Z", ""));
  }

  @Test
  void linkOfAWeekWithoutADateLeadsToTheSameWeekLater() {
    open("#/week?org=" + org);
    browser.see("Week from ");
    String monday = browser.script("return document.querySelector('input[type=date]').value");

    assertThat(copied("Copy link")).endsWith("#/week?org=" + org + "&from=" + monday);
    browser.press("The same with curl");
    browser.see("from=" + monday);
    browser.click(".segment.closed");
    assertThat(browser.hash()).contains("from=" + monday).contains("&at=");
    browser.press("Week after →");
    awaitHash("#/week?org=" + org + "&from=" + LocalDate.parse(monday).plusDays(7));
    browser.press("This week");
    awaitHash("#/week?org=" + org + "&from=" + monday);
  }

  private void awaitHash(String hash) {
    await(hash).atMost(Browser.PATIENCE).until(() -> browser.hash().equals(hash));
  }

  @Test
  void choosersOfTheWeekLeadThere() {
    created(
        within(org, "business-hours"),
        officeHours("Night line", "night")
            .replaceFirst("\\{", "{\"scope\":\"number\",\"status\":\"active\","));
    open("#/week");
    browser.see("No organization is chosen.");
    browser.choose("[name=org]", Long.toString(org));
    browser.see("Office hours of Controls");
    browser.choose("main form div:nth-child(2) select", scheduleId("Night line"));
    browser.see("Night line of Controls");
    browser.choose("input[type=date]", "2026-12-25");
    browser.see("Week from Mon 21 Dec 2026");
    assertThat(browser.hash()).contains("schedule=" + scheduleId("Night line"));
    browser.see("Night line of Controls");
  }

  private String scheduleId(String name) {
    return jdbc.sql(
            "select id::text from business_hours_schedules where organization_id = ? and name = ?")
        .params(org, name)
        .query(String.class)
        .single();
  }

  @Test
  void timesAreReadInTheZoneThatIsChosen() {
    open("#/why");
    for (String[] choice :
        new String[][] {
          {"schedule", "2026-06-15T10:00", "Mon 15 Jun 2026, 10:00 (New York)"},
          {"viewer", "2026-06-15T10:00", "Mon 15 Jun 2026, 05:00 (New York)"}, // from Lisbon
          {"utc", "2026-06-15T10:00", "Mon 15 Jun 2026, 06:00 (New York)"},
          {"utc", "2026-06-15T10:00:30", "Mon 15 Jun 2026, 06:00:30 (New York)"},
        }) {
      browser.choose("[name=org]", Long.toString(org));
      browser.choose("select[name=direction]", "inbound");
      browser.choose("select[name=when]", choice[0]);
      browser.fill("input[name=time]", choice[1]);
      browser.press("Explain");
      browser.see(choice[2]);
    }
  }

  /** An organization without hours of its own. */
  @Test
  void schedulesOfNumbersAloneAreShown() {
    long own = organization("Numbers alone");
    created(
        within(own, "business-hours"),
        officeHours("Hotline", "hotline").replaceFirst("\\{", "{\"scope\":\"number\","));
    open("#/week?org=" + own);

    browser.see("Hotline of Numbers alone");
  }

  @Test
  void callerIsAskedForAndTheWeekLeadsBack() {
    String digits = "1319" + (1_000_000 + org);
    created(
        within(org, "phone-numbers"),
        """
        {"number":"+%s","hours":"organization","caller_rules":[{"match":"exact","value":"+12125550177",
         "action":{"type":"ring_group","target":"vip"}}]}"""
            .formatted(digits));
    open("#/week?org=" + org);
    browser.press("Why does a call go where it goes?");
    browser.see("Dialled (to)");
    browser.fill("input[name=to]", "+" + digits);
    browser.fill("input[name=from]", "+12125550177");
    browser.press("Explain");

    browser.see("because the number has a rule for this caller");
    browser.see("The number has a rule for callers with number +12125550177.");
  }

  @Test
  void everyPartOfAScheduleCanBeEdited() {
    open("#/why?direction=inbound&org=" + org + "&local=2026-06-15T10:00");
    browser.press("What if the schedule were another one?");
    browser.choose("select[aria-label='Calls while open: kind']", "ring_group");
    browser.fill("input[aria-label='Calls while open: target']", "sales");
    browser.press("Decide with these hours");
    browser.see("The call rings group sales.");
    browser.fill("input[placeholder='America/New_York']", "Asia/Tokyo");
    browser.press("Decide with these hours");
    browser.see("The call goes to voicemail box."); // 23:00 there
    browser.press("Edit as JSON instead");
    browser.script(
        "const area = document.querySelector('textarea'); area.value = JSON.stringify("
            + "{...JSON.parse(area.value), closed_hours_action: {type: 'voicemail', target: 'night'}})");
    browser.press("Decide with these hours");
    browser.see("The call goes to voicemail night.");
  }

  @Test
  void keysMoveThroughTheWeekReadAgainAndCanBeSwitchedOff() {
    open("#/week?org=" + org + "&from=2026-12-21");
    browser.see("Week from Mon 21 Dec 2026");
    browser.script("document.querySelector('.segment[tabindex=\"0\"]').focus()");
    browser.type(Keys.END);
    browser.see("Sun 27 Dec 2026, 00:00–24:00");
    browser.type(Keys.ARROW_LEFT, Keys.ARROW_UP);
    browser.see("Fri 25 Dec 2026, 00:00–24:00");
    browser.script("" + " document.querySelector('main h1').dataset.old = 'yes'");
    browser.type("r");
    await().atMost(Browser.PATIENCE).until(() -> !browser.has("h1[data-old]"));
    browser.type("?");
    browser.click("dialog[open] input[type=checkbox]");
    browser.press("Close");
    browser.type("2");
    browser.seeNo("Dialled (to)");
    browser.type("?");
    browser.click("dialog[open] input[type=checkbox]");
    browser.press("Close");
    browser.type("2");
    browser.see("Dialled (to)");
  }

  @Test
  void exceptionThatIsAddedCounts() {
    open("#/why?direction=inbound&org=" + org + "&local=2026-06-15T10:00");
    browser.see("rings extension 1001");
    browser.press("What if the schedule were another one?");
    browser.press("Add");
    browser.see("What if closed");
    browser.press("Decide with these hours");
    browser.see("With the edited schedule");
    browser.see("The call goes to voicemail box.");
    browser.fill("input[placeholder='empty: closed']", "08:00-09:30");
    browser.press("Add");
    browser.see("What if 08:00-09:30");
  }

  @Test
  void buttonsOfEntriesLeadThere() {
    String key = "routing:extension:" + org + ":1001";
    open("#/entries?org=" + org);
    browser.see("Page 1 of 2");
    browser.seeNo("← Before");
    assertThat(rows()).isEqualTo(PAGE);
    browser.press("After →");
    browser.see("Page 2 of 2");
    assertThat(rows()).isBetween(1, PAGE - 1);
    browser.press("Read again");
    browser.see("Page 2 of 2");
    browser.script("history.back()");
    browser.see("Page 1 of 2");
    browser.go("#/entries?org=" + org + "&page=7");
    browser.see("Page 2 of 2");
    browser.press("← Before");
    browser.see("Page 1 of 2");
    ops.delete("/actuator/routing-cache/{org}/extensions/1001", org);
    browser.see(key);
    browser.press("Read again");
    browser.seeNo(key);
    browser.fill("input[name=key]", key);
    browser.press("Open the key");
    browser.see("not cached");
    browser.press("Why did it vanish before?");
    browser.see("An operator evicted it.");
    browser.press("Open the entry");
    browser.see("not cached");
  }

  private int rows() {
    return Integer.parseInt(
        browser.script("return String(document.querySelectorAll('main tbody tr').length)"));
  }

  /** The key of a phone number names no organization; its row does. */
  @Test
  void ownerOfANumberIsFoundByItsKey() {
    String digits = "1318" + (1_000_000 + org);
    long number =
        created(
            within(org, "phone-numbers"),
            "{\"number\":\"+" + digits + "\",\"hours\":\"organization\"}");
    jdbc.sql("update phone_numbers set name = 'New' where number = ?").param("+" + digits).update();
    RelayPasses.settle(meters);
    long other = organization("Not the owner");

    open("#/evictions?org=" + other + "&key=routing:phone_number:0:" + digits);
    browser.see("SQL statement on rows of table phone_numbers (update)");
    assertThat(browser.hash()).contains("org=" + org + "&");
    browser.choose("select[name=cause]", "unreadable");
    browser.see("No eviction of this cause is remembered.");
    browser.choose("select[name=cause]", "change");
    browser.see("SQL statement on rows of table phone_numbers (update)");
    jdbc.sql("update phone_numbers set name = 'Newer' where number = ?")
        .param("+" + digits)
        .update();
    browser.seeNo("name = 'Newer'");
    browser.press("Read again");
    browser.see("name = 'Newer'");
    browser.press("Open the entry");
    browser.see("Phone number");
    admin.delete(within(org, "phone-numbers/{id}"), number);
    RelayPasses.settle(meters);
    open("#/evictions?key=routing:phone_number:0:" + digits);
    browser.see("The key does not tell its organization.");
    browser.see("No such document is there now.");
    browser.choose("[name=org]", Long.toString(org));
    browser.see("Change of table phone_numbers (delete) through the API by token “settings:admin”");
    assertThat(browser.hash()).contains("key=");
    browser.choose("select[name=cause]", "expired");
    browser.see("No expiry is remembered.");
    browser.go("#/evictions?org=" + org + "&cause=expired");
    browser.see("Expiries are listed for a single key only.");
  }

  @Test
  void manyOrganizationsAreFoundByName() {
    browser.load("#/entries");
    browser.script(
        """
        const original = window.fetch;
        window.late = new Promise(resolve => { window.answerLate = resolve; });
        window.fetch = async (...request) => {
          const response = await original(...request);
          const address = String(request[0]);
          if (address.endsWith('&q=C')) {
            await window.late;
            const empty = Response.json({items: [], total: 0});
            const read = empty.json.bind(empty);
            empty.json = () => { setTimeout(() => { window.lateIsRead = true; }, 50); return read(); };
            return empty;
          }
          if (!address.includes('/console/organizations?size=200')) return response;
          return Response.json({...await response.json(), total: 201});
        };
        """);
    browser.enter(TestTokens.OPS);
    browser.assertAccessible("a field for the organization");
    browser.find("input[name=org]").sendKeys("Contr");
    await()
        .atMost(Browser.PATIENCE)
        .until(() -> browser.has("datalist option[value='" + org + "']"));
    browser.script("answerLate()");
    await()
        .atMost(Browser.PATIENCE)
        .until(() -> browser.script("return window.lateIsRead").equals("true"));
    assertThat(browser.has("datalist option[value='" + org + "']"))
        .as("the answer to what was typed last stays, though an earlier one came after it")
        .isTrue();
    browser.fill("input[name=org]", Long.toString(org));
    browser.choose("input[name=org]", Long.toString(org)); // as leaving the field does
    browser.see("Cached documents of organization " + org);
  }

  @Test
  void themeIsChosenByItsButton() {
    open("#/servers");
    for (String[] theme :
        new String[][] {{"Auto", "light"}, {"Light", "dark"}, {"Dark", "undefined"}}) {
      browser.press(theme[0]);
      assertThat(browser.script("return String(document.documentElement.dataset.theme)"))
          .isEqualTo(theme[1]);
    }
  }

  @Test
  void dialogsAreAccessibleInTheDark() {
    browser.preferColours("dark");
    browser.load("#/entries?org=" + org);
    browser.find("dialog[open]");
    browser.assertAccessible("the token's dialog");
    browser.enter(TestTokens.OPS);
    browser.press("Clear");
    browser.see("are evicted, negative entries");
    browser.assertAccessible("a confirmation");
    browser.type(Keys.ESCAPE);
    browser.press("?");
    browser.see("Keyboard shortcuts");
    browser.assertAccessible("shortcuts");
    browser.press("Close");
  }

  /** No script moves the focus: each step is a key. */
  @Test
  void entriesAreWarmedEvictedAndClearedByKeys() {
    long own = organization("Keys");
    created(within(own, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    browser.load("#/entries?org=" + own);
    browser.find("dialog[open] input[type=password]");
    browser.type(TestTokens.OPS, Keys.ENTER);
    browser.see("Nothing is cached.");

    tabTo("Warm");
    browser.type(Keys.ENTER);
    browser.see("four keys at a time");
    tabTo("Warm " + keysToWarm(own) + " keys");
    browser.type(Keys.ENTER);
    browser.see("routing:extension:" + own + ":1001");
    tabTo("routing:extension:" + own + ":1001");
    browser.type(Keys.ENTER);
    browser.see("same as the database");
    tabTo("Evict");
    browser.type(Keys.ENTER);
    browser.see("Evict 1 entry?");
    tabTo("Evict 1 entry");
    browser.type(Keys.ENTER);
    browser.see("not cached");
    tabTo("Clear");
    browser.type(Keys.ENTER);
    browser.see("are evicted, negative entries");
    browser.type(Keys.ENTER); // Cancel has the focus first
    browser.seeNo("are evicted, negative entries");
    tabTo("Clear");
    browser.type(Keys.ENTER);
    browser.see("are evicted, negative entries");
    browser.type(Keys.TAB, Keys.ENTER);
    browser.see("Nothing is cached.");
  }

  @Test
  void progressOfWarmingCountsWhatWasCachedBefore() {
    long own = organization("Half warm");
    created(within(own, "extensions"), "{\"extension_number\":\"1001\",\"type\":\"user\"}");
    Calls platform = new Calls(client, TestTokens.PLATFORM);
    platform.get(within(own, "routing/extensions/1001"));
    platform.get(within(own, "routing/extensions/9999")); // no key to warm

    assertThat(ops.get("/api/v1/console/organizations/{org}/warming", own).body().path("cached"))
        .hasToString("1");
    browser.load("#/entries?org=" + own);
    browser.script(
        """
        const original = window.fetch;
        window.fetch = async (...request) => {
          if (request[1].method === 'POST') await new Promise(release => window.release = release);
          return original(...request);
        };
        """);
    browser.enter(TestTokens.OPS);
    browser.press("Warm");
    browser.see("1 of them is cached.");
    int keys = keysToWarm(own);
    browser.press("Warm " + keys + " keys");
    browser.see("Warming: 1 of " + keys + " keys cached.");
    assertThat(browser.has("progress[max='" + keys + "'][value='1']")).isTrue();
    browser.script("window.release()");
    browser.see((keys - 1) + " of " + keys + " keys have a document, which is cached now.");
  }
}
