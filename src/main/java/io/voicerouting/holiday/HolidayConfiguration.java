package io.voicerouting.holiday;

import java.net.InetAddress;
import javax.net.ssl.HttpsURLConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/** Wires the fetching of feeds and the job. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class HolidayConfiguration {

  @Bean
  FeedFetcher feedFetcher(HolidayProperties properties) {
    return new FeedFetcher(
        HttpsURLConnection::getDefaultSSLSocketFactory,
        InetAddress::getAllByName,
        properties.allowPrivateAddresses() ? address -> true : PublicAddresses::contains);
  }

  @Bean
  SchedulingConfigurer holidaySchedule(HolidayJob job, HolidayProperties properties) {
    return tasks ->
        tasks.addFixedDelayTask(
            new FixedDelayTask(job, properties.pollInterval(), properties.pollInterval()));
  }
}
