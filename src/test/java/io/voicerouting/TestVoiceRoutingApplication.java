package io.voicerouting;

import io.voicerouting.development.DevelopmentRun;
import io.voicerouting.testing.BackingServersConfiguration;
import org.springframework.boot.SpringApplication;

/** Starts the development run: {@code ./mvnw spring-boot:test-run}. */
public class TestVoiceRoutingApplication {

  /** Runs the service with servers and demo data of its own until the process is stopped. */
  public static void main(String[] args) {
    DevelopmentRun.endWithMaven();
    // Not by the service's own main: Spring Boot's shutdown hook ends the servers, too.
    SpringApplication.from(
            arguments -> SpringApplication.run(VoiceRoutingApplication.class, arguments))
        .with(BackingServersConfiguration.class, DevelopmentRun.class)
        .withAdditionalProfiles("development")
        .run(args);
  }
}
