package io.voicerouting;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class VoiceRoutingApplication {

  /** Runs the service until the process is stopped. */
  public static void main(String[] args) {
    SpringApplication service = new SpringApplication(VoiceRoutingApplication.class);
    StopDuringStart.endsProcess(service);
    service.run(args);
  }

  /** The clock for the time of day. */
  @Bean
  static Clock clock() {
    return Clock.systemUTC();
  }
}
