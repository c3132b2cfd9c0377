package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What the settings of holiday calendars do. */
class HolidayConfigurationTest {

  private final SSLSocketFactory defaultSockets = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final FeedServer server = new FeedServer(FeedServer.file("file"));
  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withBean(HolidayJob.class, () -> mock(HolidayJob.class))
          .withUserConfiguration(Settings.class, HolidayConfiguration.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(HolidayProperties.class)
  static class Settings {}

  @BeforeEach
  void trustTheServer() {
    HttpsURLConnection.setDefaultSSLSocketFactory(FeedServer.sockets());
  }

  @AfterEach
  void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(defaultSockets);
    server.close();
  }

  @Test
  void loopbackIsRefusedByDefault() {
    service.run(
        context ->
            assertThat(context.getBean(FeedFetcher.class).fetch(server.url(), null))
                .isInstanceOfSatisfying(
                    FeedResponse.Failed.class,
                    failed -> assertThat(failed.reason()).endsWith("which is not public")));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void loopbackIsAllowedByASetting() {
    service
        .withPropertyValues("routing.holidays.allow-private-addresses=true")
        .run(
            context ->
                assertThat(context.getBean(FeedFetcher.class).fetch(server.url(), null))
                    .isInstanceOf(FeedResponse.File.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999ms", "0s", "-1m"})
  void shortIntervalIsRefused(String interval) {
    service
        .withPropertyValues("routing.holidays.poll-interval=" + interval)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith("routing.holidays.poll-interval: '")
                    .hasMessageEndingWith("' (expected: 1s or more)"));
  }

  @Test
  void shortestIntervalIsOneSecond() {
    service
        .withPropertyValues("routing.holidays.poll-interval=1s")
        .run(
            context ->
                assertThat(context.getBean(HolidayProperties.class).pollInterval())
                    .isEqualTo(Duration.ofSeconds(1)));
  }
}
