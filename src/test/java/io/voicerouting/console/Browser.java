package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.voicerouting.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, and what a person sees and does in it. */
final class Browser implements AutoCloseable {

  /** Required where tests must not be skipped: {@code -Dconsole.browser=required}. */
  private static final boolean REQUIRED = "required".equals(System.getProperty("console.browser"));

  /** Longest wait for what a page is to show; a machine under load is slow. */
  static final Duration PATIENCE = Patience.LIMIT;

  private static final int HEIGHT = 900;
  private static final int TALLEST = 8000;

  /** Collects what the page reports about itself. */
  private static final String WATCH =
      """
      window.reports = [];
      addEventListener('securitypolicyviolation', e => reports.push('CSP ' + e.violatedDirective + ' ' + e.blockedURI));
      addEventListener('error', e => reports.push('error ' + (e.message || e.target)));
      addEventListener('unhandledrejection', e => reports.push('rejection ' + e.reason));
      window.alert = text => reports.push('alert ' + text);
      """;

  private final ChromeDriver driver;
  private final String address;
  private int width = 1280;

  private Browser(ChromeDriver driver, String address) {
    this.driver = driver;
    this.address = address;
  }

  /**
   * Starts the browser of this machine. Aborts the test if there is none, unless one is required.
   *
   * @param address of the service
   */
  static Browser start(String address) {
    Path chromium = installed("chromium", "google-chrome");
    Path chromedriver = installed("chromedriver");
    if (chromium == null || chromedriver == null) {
      String message =
          "The console is not tested: no chromium and chromedriver on the PATH (Debian:"
              + " chromium-driver)";
      if (REQUIRED) {
        throw new IllegalStateException(message);
      }
      System.err.println(message);
      abort(message);
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Objects.requireNonNull(chromium).toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // which root in a container cannot have
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--lang=en-GB");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Objects.requireNonNull(chromedriver).toFile())
            .usingAnyFreePort()
            .withTimeout(PATIENCE)
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options), address);
    browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    browser.command("Emulation.setTimezoneOverride", Map.of("timezoneId", "Europe/Lisbon"));
    browser.resize(1280);
    return browser;
  }

  private static @Nullable Path installed(String... names) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  /** Sets the width of the window in pixels; one of a phone is touched. */
  void resize(int pixels) {
    width = pixels;
    resize(pixels, HEIGHT);
  }

  private void resize(int pixels, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", height, "deviceScaleFactor", 1, "mobile", pixels < 600));
  }

  /** Chooses what the system prefers: {@code light} or {@code dark}. */
  void preferColours(String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Takes the network away, or gives it back. */
  void setOffline(boolean offline) {
    command("Network.enable", Map.of());
    command(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Loads the console anew, without a token, at a page such as {@code #/week?org=1}. */
  void load(String hash) {
    driver.get("about:blank");
    driver.get(address + "/console/" + hash);
  }

  /** Goes to a page as a link does. */
  void go(String hash) {
    driver.executeScript("location.hash = arguments[0]", hash);
  }

  /** Enters a token in the dialog that asks for it. */
  void enter(String token) {
    WebElement input = find("dialog[open] input[type=password]");
    input.sendKeys(token, Keys.ENTER);
  }

  String hash() {
    return script("return location.hash");
  }

  String script(String code, Object... arguments) {
    return String.valueOf(driver.executeScript(code, arguments));
  }

  /** Waits for an element that is displayed. */
  WebElement find(String selector) {
    return Awaitility.await(selector)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .ignoreExceptionsMatching(Browser::isDrawnAgain)
        .until(
            () -> {
              List<WebElement> found = driver.findElements(By.cssSelector(selector));
              return found.stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
            },
            Objects::nonNull);
  }

  boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  /** Clicks an element once it can be clicked; a page may draw it again meanwhile. */
  void click(String selector) {
    click(
        selector,
        () ->
            driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst());
  }

  private void click(String what, Supplier<Optional<WebElement>> search) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .ignoreExceptionsMatching(Browser::isDrawnAgain)
        .until(
            () -> {
              Optional<WebElement> element = search.get();
              element.ifPresent(
                  found -> {
                    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
                    found.click();
                  });
              return element.isPresent();
            });
  }

  /** The text of an element that is displayed. */
  String textOf(String selector) {
    return Awaitility.await(selector)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .ignoreExceptionsMatching(Browser::isDrawnAgain)
        .until(() -> plain(find(selector).getText()), Objects::nonNull);
  }

  /** Clicks what has this text: a button, a link or the summary of details. */
  void press(String text) {
    click(
        text,
        () ->
            Stream.of("dialog[open] ", "main ", "")
                .flatMap(
                    within ->
                        driver
                            .findElements(
                                By.cssSelector("%1$sbutton, %1$sa, %1$ssummary".formatted(within)))
                            .stream())
                .filter(each -> each.isDisplayed() && each.getText().equals(text))
                .findFirst());
  }

  /** Replaces the text of a field. */
  void fill(String selector, String text) {
    set(selector, text, "input");
  }

  /** Chooses an option by its value. */
  void choose(String selector, String value) {
    set(selector, value, "change");
  }

  private void set(String selector, String value, String event) {
    Awaitility.await(selector)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .ignoreExceptionsMatching(Browser::isDrawnAgain)
        .until(
            () -> {
              driver.executeScript(
                  "arguments[0].value = arguments[1];"
                      + " arguments[0].dispatchEvent(new Event(arguments[2], {bubbles: true}));",
                  find(selector),
                  value,
                  event);
              return true;
            });
  }

  /** Whether an element was gone, or hidden by another one, for a moment. */
  private static boolean isDrawnAgain(Throwable failure) {
    return failure instanceof StaleElementReferenceException
        || failure instanceof ElementNotInteractableException;
  }

  /** Presses keys, as on a keyboard. */
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** What has the focus, in words: its text or label. */
  String focused() {
    return script(
        "const e = document.activeElement; return e.getAttribute('aria-label') || e.labels?.[0]?.textContent"
            + " || e.textContent.trim() || e.tagName");
  }

  /** Waits until the page shows a text. */
  void see(String text) {
    see(text, shown -> shown.contains(text));
  }

  private void see(String what, Predicate<String> test) {
    try {
      Awaitility.await(what)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(40))
          .until(() -> test.test(text()));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("Not seen: " + what + "\nin: " + text(), e);
    }
  }

  /** Waits until the page does not show a text any more. */
  void seeNo(String text) {
    see("no " + text, shown -> !shown.contains(text));
  }

  /** The text that is displayed. */
  String text() {
    return plain(script("return document.body.innerText"));
  }

  /** Without the marks that isolate names, which are not displayed. */
  private static String plain(String text) {
    return text.replace('\u00a0', ' ').replaceAll("[\u2068\u2069]", "");
  }

  /** Fails if a rule of axe is violated, or the page is wider than the window. */
  void assertAccessible(String what) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .until(() -> !has(".loading"));
    List<String> violations = new ArrayList<>();
    for (Rule rule : new AxeBuilder().analyze(driver).getViolations()) {
      rule.getNodes()
          .forEach(
              node ->
                  violations.add(
                      rule.getId() + " " + node.getHtml() + " " + node.getFailureSummary()));
    }
    assertThat(violations).as(what).isEmpty();
    assertThat(Integer.parseInt(script("return document.documentElement.scrollWidth")))
        .as("width of " + what)
        .isLessThanOrEqualTo(width);
  }

  /** Fails if the page, or the browser about the page, has reported anything. */
  void assertQuiet() {
    assertThat(takeReports()).isEmpty();
  }

  /** What the page, and the browser about the page, have reported since the last call. */
  List<String> takeReports() {
    List<String> reports = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (!entry.getMessage().contains("Failed to load resource")) { // the page says so itself
        reports.add(entry.getMessage());
      }
    }
    Object own = driver.executeScript("return (window.reports ?? []).splice(0)");
    if (own instanceof List<?> texts) {
      texts.forEach(text -> reports.add(String.valueOf(text)));
    }
    return reports;
  }

  /** Saves what is displayed, as tall as it is. */
  void screenshot(Path file) throws IOException {
    int height = Integer.parseInt(script("return document.documentElement.scrollHeight"));
    resize(width, Math.min(TALLEST, Math.max(HEIGHT, height)));
    script("window.dispatchEvent(new Event('resize')); document.activeElement?.blur()");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Picture.save(driver.getScreenshotAs(OutputType.BYTES), file);
    resize(width, HEIGHT);
  }

  /** Runs a script that may not work, such as one on a page that is gone. */
  Map<String, Object> storage() {
    Map<String, Object> found = new HashMap<>();
    try {
      found.put("local", script("return JSON.stringify(localStorage)"));
      found.put("session", script("return JSON.stringify(sessionStorage)"));
      found.put("cookies", script("return document.cookie"));
      found.put("address", script("return location.href"));
    } catch (JavascriptException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
